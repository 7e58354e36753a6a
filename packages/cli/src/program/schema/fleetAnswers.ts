/** What the commands of `fleet` print with `--json`. */
import { PluginStatus } from "@effect-wechat/plugin-manager/PluginStatus"
import * as Schema from "effect/Schema"
import { optional } from "./optional.js"

export const Status = Schema.typeSchema(PluginStatus).annotations({
  identifier: "Status",
  description: "applying, approved, refused, timeout, or unknown:<number>",
  jsonSchema: { type: "string", pattern: "^(applying|approved|refused|timeout|unknown:-?\\d+)$" }
})

export const Category = Schema.Literal(
  "refused",
  "credential",
  "permission",
  "quota",
  "network",
  "reply",
  "usage"
).annotations({
  description: "the kind of remedy; it decides the exit code"
})

const progress = {
  sweep: Schema.Int,
  name: Schema.String,
  kind: Schema.Literal("list", "apply", "unbind", "update"),
  plugin: optional(Schema.String),
  dryRun: optional(Schema.Boolean),
  state: Schema.Literal("planning", "running", "paused", "cancelled", "done"),
  total: Schema.Int,
  done: Schema.Int,
  failed: Schema.Int,
  startedAt: Schema.String.annotations({ description: "ISO 8601" }),
  endedAt: Schema.NullOr(Schema.String).annotations({ description: "ISO 8601; null until it has ended" }),
  perSecond: Schema.NullOr(Schema.Number),
  secondsLeft: Schema.NullOr(Schema.Int)
}

const Progress = Schema.Struct(progress).annotations({ identifier: "FleetProgress" })

export type FleetProgress = typeof Progress.Type

const counted = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.Array(Schema.Struct({ ...fields, apps: Schema.Int }))

const Summary = Schema.Struct({
  ...progress,
  outcomes: counted({ outcome: Schema.Literal("listed", "changed", "unchanged", "wouldChange", "failed") }),
  plugins: counted({ pluginAppid: Schema.String, nickname: Schema.String, status: Status }),
  failures: counted({ category: Category, tag: Schema.String })
}).annotations({ identifier: "FleetSummary" })

export type FleetSummary = typeof Summary.Type

export const FleetAnswers = {
  /** `fleet status`, and each line of `fleet sweep`, `apply`, `update`, `unbind`, `resume` and `watch` but the last */
  fleetStatus: Schema.Array(Progress),
  fleetProgress: Progress,
  /** `fleet status` of one sweep, and the last line of those commands */
  fleetSummary: Summary,
  /** each line of `fleet diff` */
  fleetDifference: Schema.Struct({
    appId: Schema.String,
    pluginAppid: Schema.String,
    nickname: Schema.String,
    before: optional(Status),
    after: optional(Status)
  }),
  /** `fleet report`, and `fleet export` into a file */
  fleetFile: Schema.Struct({ sweep: Schema.Int, file: Schema.String })
} as const
