/**
 * Queries over the results of sweeps.
 *
 * @since 0.1.0
 */
import type { Category } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { PluginStatus } from "@effect-wechat/plugin-manager/PluginStatus"
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { AppResult, Outcome } from "./AppResult.js"
import { Integer } from "./internal/database/columns.js"
import { pageSize, resultsAfter } from "./internal/results/page.js"
import type { SweepId } from "./Sweep.js"

/**
 * The results of a sweep, ordered by appid. They are read in pages, so that any number of them takes little memory.
 *
 * @since 0.1.0
 * @category queries
 */
export const all = (sweepId: SweepId): Stream.Stream<AppResult, SqlError, SqlClient.SqlClient> =>
  Stream.paginateChunkEffect("", (after) =>
    Effect.map(resultsAfter(sweepId, after), (page) => [
      Chunk.unsafeFromArray(page),
      page.length < pageSize ? Option.none() : Option.some(page.at(-1)!.appId)
    ])
  )

/**
 * A plugin, and how many mini programs have it with that status.
 *
 * @since 0.1.0
 * @category models
 */
export interface PluginCount {
  readonly pluginAppid: string
  readonly nickname: string
  readonly status: PluginStatus
  readonly apps: number
}

const PluginCounts = Schema.decodeUnknown(
  Schema.Array(
    Schema.Struct({ pluginAppid: Schema.String, nickname: Schema.String, status: Schema.String, apps: Integer })
  )
)

/**
 * The plugins that a sweep found, by status, the most common first.
 *
 * @since 0.1.0
 * @category queries
 */
export const pluginsByStatus = (
  sweepId: SweepId
): Effect.Effect<ReadonlyArray<PluginCount>, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows =
      yield* sql`SELECT l.plugin_appid AS ${sql("pluginAppid")}, p.nickname AS nickname, l.status AS status, count(*) AS apps
      FROM fleet_listing l JOIN fleet_plugin p ON p.plugin_appid = l.plugin_appid WHERE l.sweep_id = ${sweepId}
      GROUP BY l.plugin_appid, p.nickname, l.status ORDER BY count(*) DESC, l.plugin_appid, l.status`
    // statuses were written by `record` alone
    return (yield* Effect.orDie(PluginCounts(rows))) as ReadonlyArray<PluginCount>
  })

/** Appids, in pages of one query that is given the appid to go on after. */
const appIds = (
  page: (sql: SqlClient.SqlClient, after: string) => Effect.Effect<ReadonlyArray<{ readonly app_id: string }>, SqlError>
): Stream.Stream<string, SqlError, SqlClient.SqlClient> =>
  Stream.paginateChunkEffect("", (after) =>
    Effect.map(
      Effect.flatMap(SqlClient.SqlClient, (sql) => page(sql, after)),
      (rows) => [
        Chunk.unsafeFromArray(rows.map(({ app_id }) => app_id)),
        rows.length < pageSize ? Option.none() : Option.some(rows.at(-1)!.app_id)
      ]
    )
  )

/**
 * The mini programs for which a sweep listed a plugin, with any status or with that one, ordered by appid.
 *
 * @since 0.1.0
 * @category queries
 */
export const appsByPlugin = (
  sweepId: SweepId,
  pluginAppid: string,
  status?: PluginStatus
): Stream.Stream<string, SqlError, SqlClient.SqlClient> =>
  appIds(
    (sql, after) => sql`SELECT app_id FROM fleet_listing WHERE sweep_id = ${sweepId} AND app_id > ${after}
      AND plugin_appid = ${pluginAppid} AND ${status === undefined ? sql`1 = 1` : sql`status = ${status}`}
      ORDER BY app_id LIMIT ${sql.literal(String(pageSize))}`
  )

/**
 * The mini programs whose result is an error, of any category or of that one, ordered by appid. A new sweep over them tries them again.
 *
 * @since 0.1.0
 * @category queries
 */
export const failedApps = (
  sweepId: SweepId,
  category?: Category
): Stream.Stream<string, SqlError, SqlClient.SqlClient> =>
  appIds(
    (sql, after) => sql`SELECT app_id FROM fleet_app WHERE sweep_id = ${sweepId} AND app_id > ${after}
      AND outcome = 'failed' AND ${category === undefined ? sql`1 = 1` : sql`error_category = ${category}`}
      ORDER BY app_id LIMIT ${sql.literal(String(pageSize))}`
  )

/**
 * An error, and how many mini programs have it.
 *
 * @since 0.1.0
 * @category models
 */
export interface FailureCount {
  readonly category: Category
  readonly tag: string
  readonly apps: number
}

const FailureCounts = Schema.decodeUnknown(
  Schema.Array(Schema.Struct({ category: Schema.String, tag: Schema.String, apps: Integer }))
)

/**
 * The errors of a sweep by category and class, the most common first.
 *
 * @since 0.1.0
 * @category queries
 */
export const failures = (sweepId: SweepId): Effect.Effect<ReadonlyArray<FailureCount>, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql`SELECT error_category AS category, error_tag AS tag, count(*) AS apps FROM fleet_app
      WHERE sweep_id = ${sweepId} AND outcome = 'failed'
      GROUP BY error_category, error_tag ORDER BY count(*) DESC, error_category, error_tag`
    return (yield* Effect.orDie(FailureCounts(rows))) as ReadonlyArray<FailureCount>
  })

/**
 * An outcome, and how many mini programs have it.
 *
 * @since 0.1.0
 * @category models
 */
export interface OutcomeCount {
  readonly outcome: Outcome
  readonly apps: number
}

const OutcomeCounts = Schema.decodeUnknown(Schema.Array(Schema.Struct({ outcome: Schema.String, apps: Integer })))

/**
 * The results of a sweep by outcome, the most common first.
 *
 * @since 0.1.0
 * @category queries
 */
export const outcomes = (sweepId: SweepId): Effect.Effect<ReadonlyArray<OutcomeCount>, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql`SELECT outcome, count(*) AS apps FROM fleet_app
      WHERE sweep_id = ${sweepId} AND outcome IS NOT NULL GROUP BY outcome ORDER BY count(*) DESC, outcome`
    return (yield* Effect.orDie(OutcomeCounts(rows))) as ReadonlyArray<OutcomeCount>
  })

const SweepIds = Schema.decodeUnknown(Schema.Array(Schema.Struct({ sweep_id: Integer })))

/**
 * What each sweep found for one mini program, oldest first.
 *
 * @since 0.1.0
 * @category queries
 */
export const history = (
  appId: string
): Effect.Effect<
  ReadonlyArray<{ readonly sweepId: SweepId; readonly result: AppResult }>,
  SqlError,
  SqlClient.SqlClient
> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const sweeps = yield* sql`SELECT s.sweep_id AS sweep_id FROM fleet_sweep s
      JOIN fleet_app a ON a.sweep_id = s.sweep_id AND a.app_id = ${appId}
      WHERE a.outcome IS NOT NULL ORDER BY s.sweep_id`
    return yield* Effect.forEach(yield* Effect.orDie(SweepIds(sweeps)), ({ sweep_id: sweepId }) =>
      Effect.map(resultsAfter(sweepId, "", appId), ([result]) => ({ sweepId, result: result! }))
    )
  })
