/**
 * A sweep: one pass over the mini programs of a fleet, which lists the plugins of each, or makes a `Change` to each. These functions need only
 * the database, so any process can follow, pause, resume and cancel a sweep that another one runs.
 *
 * @since 0.1.0
 */
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Change } from "./Change.js"
import { Integer } from "./internal/database/columns.js"

/**
 * The number of a sweep: 1, 2, 3 … in the order in which they were started.
 *
 * @since 0.1.0
 * @category models
 */
export type SweepId = number

/**
 * - `planning`: its mini programs are being written into the database
 * - `running`, `paused`: a paused sweep calls nothing until it is resumed
 * - `cancelled`: its remaining mini programs are not called
 * - `done`: every mini program has a result
 *
 * @since 0.1.0
 * @category schemas
 */
export const SweepState = Schema.Literal("planning", "running", "paused", "cancelled", "done")

/**
 * @since 0.1.0
 * @category models
 */
export type SweepState = typeof SweepState.Type

/**
 * @since 0.1.0
 * @category models
 */
export interface Sweep {
  readonly id: SweepId
  /** what the caller named it; two sweeps never have the same */
  readonly key: string
  readonly kind: "list" | Change["kind"]
  /** absent if it only lists */
  readonly change?: Change
  readonly state: SweepState
  /** how many mini programs; 0 while it is being planned */
  readonly total: number
  /** in milliseconds since 1970, like `endedAt` */
  readonly createdAt: number
  /** absent until every mini program has a result, or the sweep was cancelled and has stopped */
  readonly endedAt?: number
}

/**
 * How far a sweep is. `done` counts the mini programs with a result, `failed` those among them whose result is an error.
 *
 * @since 0.1.0
 * @category models
 */
export interface Progress {
  readonly sweep: Sweep
  readonly done: number
  readonly failed: number
}

/**
 * There is no sweep with that number.
 *
 * @since 0.1.0
 * @category errors
 */
export class SweepNotFound extends Schema.TaggedError<SweepNotFound>("@effect-wechat/fleet/SweepNotFound")(
  "SweepNotFound",
  { sweepId: Schema.Int }
) {
  override get message(): string {
    return `There is no sweep ${this.sweepId}.`
  }
}

/**
 * The sweep has ended, or is still being planned, and can no longer (or not yet) be paused, resumed or cancelled.
 *
 * @since 0.1.0
 * @category errors
 */
export class SweepNotActive extends Schema.TaggedError<SweepNotActive>("@effect-wechat/fleet/SweepNotActive")(
  "SweepNotActive",
  { sweepId: Schema.Int, state: SweepState }
) {
  override get message(): string {
    return `Sweep ${this.sweepId} is ${this.state}.`
  }
}

const Row = Schema.Struct({
  sweep_id: Integer,
  key: Schema.String,
  kind: Schema.Literal("list", "apply", "unbind", "update"),
  change: Schema.NullOr(Schema.parseJson(Change)),
  state: SweepState,
  total: Integer,
  created_at: Integer,
  ended_at: Schema.NullOr(Integer)
})

const decode = (row: unknown): Effect.Effect<Sweep> =>
  Effect.map(
    Effect.orDie(Schema.decodeUnknown(Row)(row)),
    ({ change, created_at, ended_at, key, kind, state, sweep_id, total }) => ({
      id: sweep_id,
      key,
      kind,
      ...(change === null ? {} : { change }),
      state,
      total,
      createdAt: created_at,
      ...(ended_at === null ? {} : { endedAt: ended_at })
    })
  )

/**
 * The sweep with that number.
 *
 * @since 0.1.0
 * @category queries
 */
export const get = (sweepId: SweepId): Effect.Effect<Sweep, SweepNotFound | SqlError, SqlClient.SqlClient> =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    Effect.flatMap(sql`SELECT * FROM fleet_sweep WHERE sweep_id = ${sweepId}`, ([row]) =>
      row === undefined ? Effect.fail(new SweepNotFound({ sweepId })) : decode(row)
    )
  )

/**
 * All sweeps, newest first.
 *
 * @since 0.1.0
 * @category queries
 */
export const list: Effect.Effect<ReadonlyArray<Sweep>, SqlError, SqlClient.SqlClient> = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => Effect.flatMap(sql`SELECT * FROM fleet_sweep ORDER BY sweep_id DESC`, Effect.forEach(decode))
)

const Counts = Schema.decodeUnknown(Schema.Tuple(Schema.Struct({ done: Integer, failed: Integer })))

/**
 * How far a sweep is.
 *
 * @since 0.1.0
 * @category queries
 */
export const progress = (sweepId: SweepId): Effect.Effect<Progress, SweepNotFound | SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const sweep = yield* get(sweepId)
    const rows = yield* sql`SELECT count(*) AS done, count(error_tag) AS failed FROM fleet_app
      WHERE sweep_id = ${sweepId} AND outcome IS NOT NULL`
    const [{ done, failed }] = yield* Effect.orDie(Counts(rows))
    return { sweep, done, failed }
  })

type Control = Effect.Effect<void, SweepNotFound | SweepNotActive | SqlError, SqlClient.SqlClient>

const move = (sweepId: SweepId, from: ReadonlyArray<SweepState>, to: SweepState): Control =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const moved = yield* sql`UPDATE fleet_sweep SET state = ${to}
      WHERE sweep_id = ${sweepId} AND ended_at IS NULL AND ${sql.in("state", [...from, to])} RETURNING sweep_id`
    if (moved.length === 0) {
      const { state } = yield* get(sweepId)
      return yield* new SweepNotActive({ sweepId, state })
    }
  })

/**
 * Stops a running sweep until it is resumed. Calls that are under way end, and their results are kept; no further batch begins. A sweep that is
 * paused already stays so.
 *
 * @since 0.1.0
 * @category operations
 */
export const pause = (sweepId: SweepId): Control => move(sweepId, ["running"], "paused")

/**
 * Lets a paused sweep go on. It does if a process runs it; otherwise start that process.
 *
 * @since 0.1.0
 * @category operations
 */
export const resume = (sweepId: SweepId): Control => move(sweepId, ["paused"], "running")

/**
 * Ends a sweep early. Calls that are under way end, and their results are kept; the other mini programs get none.
 *
 * @since 0.1.0
 * @category operations
 */
export const cancel = (sweepId: SweepId): Control => move(sweepId, ["running", "paused"], "cancelled")

const Ids = Schema.decodeUnknown(Schema.Array(Schema.Struct({ sweep_id: Integer })))

/** Mini programs of one statement: libsql lets nothing else run while it works. */
const removedAtOnce = 200

const Bound = Schema.decodeUnknown(Schema.Tuple(Schema.Struct({ last: Schema.NullOr(Schema.String) })))

const remove = (sql: SqlClient.SqlClient, sweepId: SweepId): Effect.Effect<void, SqlError> =>
  Effect.gen(function* () {
    const rows = yield* sql`SELECT max(app_id) AS last FROM (SELECT app_id FROM fleet_app WHERE sweep_id = ${sweepId}
      ORDER BY app_id LIMIT ${sql.literal(String(removedAtOnce))}) AS first`
    const [{ last }] = yield* Effect.orDie(Bound(rows))
    if (last === null) {
      yield* sql`DELETE FROM fleet_sweep WHERE sweep_id = ${sweepId}`
      return
    }
    yield* sql`DELETE FROM fleet_listing WHERE sweep_id = ${sweepId} AND app_id <= ${last}`
    yield* sql`DELETE FROM fleet_app WHERE sweep_id = ${sweepId} AND app_id <= ${last}`
    return yield* remove(sql, sweepId)
  })

/**
 * Removes the sweeps that ended longer ago than `retention`, with their results, and returns their numbers. `Fleet` does so by itself if it is
 * given a `retention`.
 *
 * **Gotchas** A libsql file does not become smaller: the space is used again by later sweeps. What the engine keeps of a sweep must have been
 * removed before, which `Fleet` does when the sweep ends or the next one starts; until then the sweep stays.
 *
 * @since 0.1.0
 * @category operations
 */
export const prune = (
  retention: Duration.DurationInput
): Effect.Effect<ReadonlyArray<SweepId>, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const before = (yield* Clock.currentTimeMillis) - Duration.toMillis(retention)
    const rows =
      yield* sql`SELECT sweep_id FROM fleet_sweep WHERE ended_at <= ${before} AND cleaned = 1 ORDER BY sweep_id`
    const sweepIds = (yield* Effect.orDie(Ids(rows))).map(({ sweep_id }) => sweep_id)
    yield* Effect.forEach(sweepIds, (sweepId) => remove(sql, sweepId), { discard: true })
    return sweepIds
  })
