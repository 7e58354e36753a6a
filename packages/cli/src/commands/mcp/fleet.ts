/** The tools that read the database of `wechat-plugin fleet`. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Session from "../../program/fleet/session.js"
import { Answers } from "../../program/schema/answers.js"
import { optional } from "../../program/schema/optional.js"
import { findTwo } from "../fleet/view/find.js"
import { progressOf } from "../fleet/view/follow.js"
import * as Progress from "../fleet/view/progress.js"
import * as Summary from "../fleet/view/summary.js"
import { tool } from "./tool.js"

const sweep = (description: string) => Schema.optional(Schema.Int.annotations({ description }))

/** As much as an assistant can read. */
const mostDifferences = 200

export const fleet = (emulator: boolean) => {
  const reader = Session.openReader({ database: Option.none(), emulator })
  return [
    tool({
      name: "fleet_status",
      title: "Status of the fleet",
      description: "Lists the sweeps over many mini programs, or sums up the results of one of them.",
      kind: "readsHere",
      hasForeignText: true,
      parameters: { sweep: sweep("the number of a sweep, for a summary of its results") },
      success: Schema.Struct({ sweeps: Answers.fleetStatus, summary: optional(Answers.fleetSummary) }),
      run: ({ sweep }) =>
        Effect.gen(function* () {
          const opened = yield* reader
          const ids = sweep === undefined ? (yield* opened.run(({ Sweep }) => Sweep.list)).map(({ id }) => id) : [sweep]
          const all = yield* Effect.forEach(ids, (id) => progressOf(opened, id))
          const sweeps = all.map((progress) => Progress.json(progress, Progress.start))
          return sweep === undefined ? { sweeps } : { sweeps, summary: yield* Summary.of(opened, all[0]!) }
        }).pipe(Effect.scoped)
    }),
    tool({
      name: "fleet_diff",
      title: "Changes in the fleet",
      description: `Compares two sweeps: plugins that appeared (no before), went (no after) or changed their status. It returns at most ${mostDifferences} differences, and says how many there are.`,
      kind: "readsHere",
      hasForeignText: true,
      parameters: {
        before: sweep("the earlier sweep; by default the last but one that is done"),
        after: sweep("the later sweep; by default the last that is done")
      },
      success: Schema.Struct({
        before: Schema.Int,
        after: Schema.Int,
        total: Schema.Int,
        differences: Schema.Array(Answers.fleetDifference)
      }),
      run: ({ after, before }) =>
        Effect.gen(function* () {
          const opened = yield* reader
          const [earlier, later] = yield* findTwo(opened, Option.fromNullable(before), Option.fromNullable(after))
          const differences = opened.stream(({ SweepDiff }) => SweepDiff.diff(earlier.id, later.id))
          const [first, total] = yield* Effect.all([
            Stream.runCollect(Stream.take(differences, mostDifferences)),
            Stream.runCount(differences)
          ])
          return { before: earlier.id, after: later.id, total, differences: Chunk.toReadonlyArray(first) }
        }).pipe(Effect.scoped)
    })
  ]
}
