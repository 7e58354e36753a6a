/** The shape of a reply: names and types of its fields, and how many there are. Nothing of its values. */
import * as Predicate from "effect/Predicate"

/** The names that we know. Any other name may be somebody's data, and is counted only. */
const known = new Set([
  "errcode",
  "errmsg",
  "plugin_list",
  "apply_list",
  "appid",
  "status",
  "nickname",
  "headimgurl",
  "reason",
  "apply_url",
  "create_time",
  "categories",
  "first",
  "second"
])

const typeOf = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "array"
      : typeof value === "string" && /^\d+$/.test(value)
        ? "digits"
        : typeof value

const mostDepth = 6

/** Adds what is found below a path: how often each field has each type. */
const collect = (value: unknown, path: string, counts: Map<string, number>, depth: number): void => {
  const line = `${path}: ${typeOf(value)}`
  counts.set(line, (counts.get(line) ?? 0) + 1)
  if (depth === 0) {
    return
  }
  if (Array.isArray(value)) {
    value.forEach((item) => collect(item, `${path}[]`, counts, depth - 1))
  } else if (Predicate.isRecord(value)) {
    Object.entries(value).forEach(([name, item]) =>
      collect(item, `${path}.${known.has(name) ? name : "(another field)"}`, counts, known.has(name) ? depth - 1 : 0)
    )
  }
}

/** Lines such as `reply.plugin_list[].status: number × 4`. */
export const shapeOf = (body: unknown): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  collect(body, "reply", counts, mostDepth)
  return [...counts].map(([line, count]) => `${line} × ${count}`).sort()
}
