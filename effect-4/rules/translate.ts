import type { Effect4 } from "../engine/effect4.js"
import { members } from "./members.js"
import { modules } from "./modules.js"

export const toEffect4 = (module: string): string => modules[module] ?? module

/** Where Effect 4 has what Effect 3 exports as `path` of `module`, or what is wrong with it. */
export const translate = (
  effect4: Effect4,
  module: string,
  path: ReadonlyArray<string>
): { readonly module: string; readonly member: string } | string => {
  const renamed = members[module] ?? {}
  const lengths = path.map((_, at) => path.length - at)
  const length = lengths.find((one) => Object.hasOwn(renamed, path.slice(0, one).join("."))) ?? 0
  const name = length === 0 ? undefined : renamed[path.slice(0, length).join(".")]
  const [first = "", second] = (name ?? "").split(":")
  const target = second === undefined ? toEffect4(module) : first
  const member = [...(name === undefined ? [] : [second ?? first]), ...path.slice(length)].join(".")
  if (!/^(effect|@effect)\b/.test(target)) {
    return { module: target, member }
  }
  return !effect4.hasModule(target)
    ? `Effect 4 has no module ${target}: add a rule to effect-4/rules/modules.ts`
    : !effect4.has(target, member)
      ? `${target} of Effect 4 has no ${member}: add a rule to effect-4/rules`
      : { module: target, member }
}
