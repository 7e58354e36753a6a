import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

/** Collects what nothing refers to any more, on Node and Bun. A WeakRef keeps its value until the end of the step that made it. */
export const collectGarbage = async (): Promise<void> => {
  await new Promise(setImmediate)
  if ("bun" in process.versions) {
    Reflect.get(globalThis, "Bun").gc(true)
  } else {
    setFlagsFromString("--expose-gc")
    runInNewContext("gc")()
  }
}
