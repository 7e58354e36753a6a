/**
 * The state of a plugin, or of an application for one.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

const names = ["applying", "approved", "refused", "timeout"] as const

type Name = (typeof names)[number]

const labels: { readonly [name in Name]: { readonly zh: string; readonly en: string } } = {
  applying: { zh: "申请中", en: "applying" },
  approved: { zh: "申请通过", en: "approved" },
  refused: { zh: "已拒绝", en: "refused" },
  timeout: { zh: "已超时", en: "timed out" }
}

/**
 * The name of one of WeChat's numbers.
 *
 * @since 0.1.0
 * @category conversions
 */
export const fromNumber = (code: number): PluginStatus => names[code - 1] ?? `unknown:${code}`

/** `unknown:2` and `unknown:1e1` are other words for `approved` and `unknown:10`: one state must have one name. */
const UnknownStatus = Schema.TemplateLiteral("unknown:", Schema.Number).pipe(
  Schema.filter((status) => fromNumber(toNumber(status)) === status, {
    arbitrary: () => (fc) => fc.integer({ min: 5 }).map((code) => `unknown:${code}` as const)
  })
)

/**
 * WeChat's number for the state as a word: 1 `applying` (申请中), 2 `approved` (申请通过), 3 `refused` (已拒绝),
 * 4 `timeout` (已超时). A number that WeChat may add later is kept as `unknown:<number>` and does not fail the list.
 *
 * @since 0.1.0
 * @category schemas
 */
export const PluginStatus: Schema.Schema<PluginStatus, number> = Schema.transform(
  Schema.JsonNumber,
  Schema.Union(Schema.Literal(...names), UnknownStatus),
  { strict: true, decode: fromNumber, encode: toNumber }
).annotations({ identifier: "PluginStatus" })

/**
 * @since 0.1.0
 * @category models
 */
export type PluginStatus = Name | `unknown:${number}`

/**
 * WeChat's number of a state.
 *
 * @since 0.1.0
 * @category conversions
 */
export function toNumber(status: PluginStatus): number {
  const index = names.indexOf(status as Name)
  return index < 0 ? Number(status.slice("unknown:".length)) : index + 1
}

/**
 * A state in Chinese (WeChat's own words) and in English.
 *
 * @since 0.1.0
 * @category conversions
 */
export const label = (status: PluginStatus): { readonly zh: string; readonly en: string } =>
  Object.hasOwn(labels, status)
    ? labels[status as Name]
    : { zh: `未知状态 ${toNumber(status)}`, en: `unknown (${toNumber(status)})` }
