import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Change } from "../../Change.js"
import type { SweepId } from "../../Sweep.js"
import { Integer } from "../database/columns.js"

/** How many mini programs one child workflow has, at least. */
const leastChunk = 100

/** The engine keeps all children of a sweep in memory, some 200 KB each: there are not more of them in a larger sweep. */
const mostChunks = 200

const rowsAtOnce = 500

const Begun = Schema.decodeUnknown(
  Schema.Tuple(Schema.Struct({ sweep_id: Integer, state: Schema.String, ended_at: Schema.NullOr(Integer) }))
)

const encodeChange = Schema.encodeSync(Schema.parseJson(Change))

/**
 * Writes a sweep and its mini programs into the database. A key that exists already is that sweep: its planning is completed if it was
 * interrupted, and nothing is changed otherwise.
 */
export const plan = <E, R>(
  key: string,
  apps: Stream.Stream<string, E, R>,
  change: Change | undefined
): Effect.Effect<{ readonly sweepId: SweepId; readonly hasEnded: boolean }, E | SqlError, R | SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql`INSERT INTO fleet_sweep ${sql.insert({
      key,
      kind: change?.kind ?? "list",
      change: change === undefined ? null : encodeChange(change),
      total: 0,
      state: "planning",
      created_at: yield* Clock.currentTimeMillis
    })} ON CONFLICT (key) DO NOTHING`
    const [{ ended_at, state, sweep_id: sweepId }] = yield* Effect.orDie(
      Begun(yield* sql`SELECT sweep_id, state, ended_at FROM fleet_sweep WHERE key = ${key}`)
    )
    if (state === "planning") {
      yield* Stream.runForEachChunk(
        Stream.rechunk(apps, rowsAtOnce),
        (appIds) =>
          sql`INSERT INTO fleet_app ${sql.insert(
            Chunk.toReadonlyArray(Chunk.map(appIds, (app_id) => ({ sweep_id: sweepId, app_id })))
          )} ON CONFLICT (sweep_id, app_id) DO NOTHING`
      )
      yield* sql`UPDATE fleet_sweep SET state = 'running',
        total = (SELECT count(*) FROM fleet_app WHERE sweep_id = ${sweepId})
        WHERE sweep_id = ${sweepId} AND state = 'planning'`
    }
    return { sweepId, hasEnded: ended_at !== null }
  })

/** The mini programs of a chunk: those whose appid is greater than `after`, and at most `upTo` where that is given. */
export interface Range {
  readonly after: string
  readonly upTo: string | null
}

const Total = Schema.decodeUnknown(Schema.Tuple(Schema.Struct({ total: Integer })))

const Bounds = Schema.decodeUnknown(Schema.Array(Schema.Struct({ app_id: Schema.String })))

/** The chunks of a sweep. They are the same whenever they are asked for, since no mini program joins a sweep that runs. */
export const ranges = (sweepId: SweepId): Effect.Effect<ReadonlyArray<Range>, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const [{ total }] = yield* Effect.orDie(
      Total(yield* sql`SELECT total FROM fleet_sweep WHERE sweep_id = ${sweepId}`)
    )
    const chunkSize = Math.max(leastChunk, Math.ceil(total / mostChunks))
    const rows = yield* sql`SELECT app_id FROM (
        SELECT app_id, row_number() OVER (ORDER BY app_id) AS n FROM fleet_app WHERE sweep_id = ${sweepId}
      ) AS numbered WHERE n % ${sql.literal(String(chunkSize))} = 0 ORDER BY app_id`
    const bounds = (yield* Effect.orDie(Bounds(rows))).map(({ app_id }) => app_id)
    return [...bounds, null].map((upTo, at) => ({ after: bounds[at - 1] ?? "", upTo }))
  })

const Todo = Schema.decodeUnknown(
  Schema.Array(Schema.Struct({ app_id: Schema.String, intent_at: Schema.NullOr(Integer) }))
)

/** A mini program that has no result yet, and whether an earlier attempt may have called WeChat for it already. */
export interface Target {
  readonly appId: string
  readonly isRepeated: boolean
}

/** The mini programs of a chunk that have no result yet. */
export const remaining = (
  sweepId: SweepId,
  { after, upTo }: Range
): Effect.Effect<ReadonlyArray<Target>, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql`SELECT app_id, intent_at FROM fleet_app
      WHERE sweep_id = ${sweepId} AND app_id > ${after} AND ${upTo === null ? sql`1 = 1` : sql`app_id <= ${upTo}`}
      AND outcome IS NULL ORDER BY app_id`
    return (yield* Effect.orDie(Todo(rows))).map(({ app_id, intent_at }) => ({
      appId: app_id,
      isRepeated: intent_at !== null
    }))
  })
