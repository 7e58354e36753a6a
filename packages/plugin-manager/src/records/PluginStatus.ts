import * as Schema from "effect/Schema"
import { fromNumber, type Name, names, toNumber } from "./statusNames.js"

/** One status has one name, so `unknown:2` and `unknown:1e1` are refused. */
const UnknownStatus = Schema.TemplateLiteral("unknown:", Schema.Number).pipe(
  Schema.filter((status) => fromNumber(toNumber(status)) === status, {
    arbitrary: () => (fc) => fc.integer({ min: 5 }).map((code) => `unknown:${code}` as const)
  })
)

/** WeChat documents a number; a string of digits has been seen by other clients. */
const Code = Schema.Union(
  // the titles are what messages call the whole field
  Schema.Number.pipe(Schema.finite({ title: "number" })),
  Schema.String.pipe(Schema.pattern(/^\d{1,9}$/, { title: "string", description: "a string of digits" }))
)

/**
 * Decodes WeChat's number of a status.
 *
 * @since 0.1.0
 * @category schemas
 */
export const PluginStatus: Schema.Schema<PluginStatus, number | string> = Schema.transform(
  Code,
  Schema.Union(Schema.Literal(...names), UnknownStatus),
  { strict: true, decode: (code) => fromNumber(Number(code)), encode: toNumber }
).annotations({ identifier: "PluginStatus" })

/**
 * The status of an application for a plugin: WeChat's 1 is `applying` (申请中), 2 `approved` (申请通过), 3 `refused` (已拒绝) and
 * 4 `timeout` (已超时). A number that WeChat may add later is kept as `unknown:<number>`, so that it does not fail the list.
 *
 * @since 0.1.0
 * @category models
 */
export type PluginStatus = Name | `unknown:${number}`
