import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "../build.mjs"
import { bin, folder } from "./support.js"

const dist = fileURLToPath(new URL(".", `file://${bin}`))

describe("the bundle", () => {
  it.scopedLive("loads nothing of the commands for completions and usage errors, and next to nothing for help", () =>
    Effect.gen(function* () {
      const outdir = yield* folder
      const { metafile } = yield* Effect.promise(() => build(outdir))
      const outputs = Object.entries(metafile.outputs)
      const named = (name: string) => outputs.find(([file]) => file.includes(name))![0]
      const loaded = (file: string, seen: Set<string> = new Set()): ReadonlySet<string> => {
        if (!seen.has(file)) {
          seen.add(file)
          for (const { kind, path } of metafile.outputs[file]!.imports) {
            if (kind === "import-statement" && path in metafile.outputs) {
              loaded(path, seen)
            }
          }
        }
        return seen
      }
      const modules = (file: string) => [...loaded(file)].flatMap((file) => Object.keys(metafile.outputs[file]!.inputs))
      const heavy = /packages\/(?!cli)|plugin-manager\/|transport-https\/|emulator\/|@effect\/ai|protobufjs|undici/
      assert.deepStrictEqual(
        modules(named("main-")).filter((file) => heavy.test(file)),
        []
      )
      // proves that the search above can find something
      assert.isNotEmpty(modules(named("list-")).filter((file) => heavy.test(file)))
      const forHelp = [...modules(named("bin.js")), ...modules(named("helpTexts-"))]
      assert.include(forHelp, "src/grammar/helpTexts.ts")
      assert.deepStrictEqual(
        forHelp.filter((file) => file.includes("node_modules") || file.startsWith("src/commands")),
        []
      )
      // what a list of WeChat's plugins needs, and what only other commands need
      assert.isEmpty(
        [...modules(named("list-")), ...modules(named("doctor-"))].filter((file) => /emulator\/|@effect\/ai/.test(file))
      )
    })
  )

  it("is built, and has the licenses of everything in it", () => {
    assert.isTrue(existsSync(bin), "run npm run build first")
    const licences = readFileSync(`${dist}THIRD-PARTY-LICENSES.txt`, "utf8")
    for (const name of [
      "effect",
      "@effect/cli",
      "@effect/ai",
      "@effect/platform",
      "protobufjs",
      "picocolors",
      "string-width"
    ]) {
      assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\n\n\\S`, "m"))
    }
    assert.notInclude(licences, "@effect-wechat/")
  })
})
