/**
 * A change that is made to every mini program of a fleet.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * - `apply`: applies for a plugin. A mini program that has it already, or has a pending application (89237), is left as it is.
 * - `unbind`: removes a plugin. A mini program that does not have it (89044) is left as it is.
 * - `update`: moves a plugin to a version. Requires the credentials of a third-party platform.
 *
 * With `dryRun` nothing is changed: the plugins of each mini program are read, and the result says whether the change would do anything.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Change = Schema.Union(
  Schema.Struct({
    kind: Schema.Literal("apply"),
    pluginAppid: Schema.NonEmptyString,
    reason: Schema.optionalWith(Schema.String, { exact: true }),
    dryRun: Schema.optionalWith(Schema.Boolean, { exact: true })
  }),
  Schema.Struct({
    kind: Schema.Literal("unbind"),
    pluginAppid: Schema.NonEmptyString,
    dryRun: Schema.optionalWith(Schema.Boolean, { exact: true })
  }),
  Schema.Struct({
    kind: Schema.Literal("update"),
    pluginAppid: Schema.NonEmptyString,
    userVersion: Schema.NonEmptyString,
    dryRun: Schema.optionalWith(Schema.Boolean, { exact: true })
  })
).annotations({ identifier: "Change" })

/**
 * @since 0.1.0
 * @category models
 */
export type Change = Schema.Schema.Type<typeof Change>
