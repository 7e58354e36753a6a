/**
 * What changed, as it is found: after each sweep that lists, its differences from the one before.
 *
 * @since 0.1.0
 */
import type * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Sweep from "./Sweep.js"
import * as SweepDiff from "./SweepDiff.js"

/**
 * Two lists, one after the other.
 *
 * @since 0.1.0
 * @category models
 */
export interface Comparison {
  readonly before: Sweep.SweepId
  readonly after: Sweep.SweepId
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** the last sweep that was dealt with; by default the newest that is done, so that the feed begins with the next one */
  readonly since?: Sweep.SweepId | undefined
  /** how often to look for sweeps that are done; 10 seconds by default */
  readonly pollInterval?: Duration.DurationInput | undefined
}

/** The lists that are done, oldest first. */
const lists = Effect.map(Sweep.list, (sweeps) =>
  sweeps.flatMap(({ id, kind, state }) => (kind === "list" && state === "done" ? [id] : [])).sort((a, b) => a - b)
)

/**
 * Each list that is done, with the list before it. It goes on for ever, and any process that can read the database may follow it. To go on after a
 * restart, remember `after` of the last one and pass it as `since`.
 *
 * @since 0.1.0
 * @category queries
 */
export const comparisons = ({ pollInterval = "10 seconds", since }: Options = {}): Stream.Stream<
  Comparison,
  SqlError,
  SqlClient.SqlClient
> => {
  const next = (seen: Sweep.SweepId): Effect.Effect<Comparison, SqlError, SqlClient.SqlClient> =>
    Effect.flatMap(lists, (ids) => {
      const at = ids.findIndex((id, at) => at > 0 && id > seen)
      return at < 0
        ? Effect.zipRight(Effect.sleep(pollInterval), next(seen))
        : Effect.succeed({ before: ids[at - 1]!, after: ids[at]! })
    })
  const first = since === undefined ? Effect.map(lists, (ids) => ids.at(-1) ?? 0) : Effect.succeed(since)
  return Stream.unwrap(
    Effect.map(first, (first) =>
      Stream.unfoldEffect(first, (seen) =>
        Effect.map(next(seen), (comparison) => Option.some([comparison, comparison.after] as const))
      )
    )
  )
}

/**
 * The differences of `comparisons`, one after the other.
 *
 * @since 0.1.0
 * @category queries
 */
export const changes = (
  options: Options = {}
): Stream.Stream<SweepDiff.PluginDifference, SqlError, SqlClient.SqlClient> =>
  Stream.flatMap(comparisons(options), ({ after, before }) => SweepDiff.diff(before, after))
