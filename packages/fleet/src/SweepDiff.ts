/**
 * What changed between two sweeps.
 *
 * @since 0.1.0
 */
import type { PluginStatus } from "@effect-wechat/plugin-manager/PluginStatus"
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { pageSize } from "./internal/results/page.js"
import type { SweepId } from "./Sweep.js"

/**
 * A plugin of a mini program that appeared (`before` is absent), went (`after` is absent), or changed its status.
 *
 * @since 0.1.0
 * @category models
 */
export interface PluginDifference {
  readonly appId: string
  readonly pluginAppid: string
  readonly nickname: string
  readonly before?: PluginStatus
  readonly after?: PluginStatus
}

const Rows = Schema.decodeUnknown(
  Schema.Array(
    Schema.Struct({
      app_id: Schema.String,
      plugin_appid: Schema.String,
      nickname: Schema.String,
      before: Schema.NullOr(Schema.String),
      after: Schema.NullOr(Schema.String)
    })
  )
)

/** Plugins of one sweep that the other one does not have, or has with another status. */
const differing = (
  sql: SqlClient.SqlClient,
  [own, other]: readonly [SweepId, SweepId],
  [app, plugin]: readonly [string, string],
  onlyMissing: boolean
) => sql`SELECT own.app_id AS app_id, own.plugin_appid AS plugin_appid,
    ${onlyMissing ? sql`own.status AS before, NULL AS after` : sql`other.status AS before, own.status AS after`}
  FROM fleet_listing own
  JOIN fleet_app was ON was.sweep_id = ${other} AND was.app_id = own.app_id AND was.outcome = 'listed'
  LEFT JOIN fleet_listing other ON other.sweep_id = ${other} AND other.app_id = own.app_id AND other.plugin_appid = own.plugin_appid
  WHERE own.sweep_id = ${own} AND (own.app_id, own.plugin_appid) > (${app}, ${plugin})
  AND (other.status IS NULL ${onlyMissing ? sql`` : sql`OR other.status <> own.status`})`

const page = (before: SweepId, after: SweepId, cursor: readonly [string, string]) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const rows =
      yield* sql`SELECT d.app_id AS app_id, d.plugin_appid AS plugin_appid, p.nickname AS nickname, d.before AS before, d.after AS after
      FROM (${differing(sql, [after, before], cursor, false)} UNION ALL ${differing(sql, [before, after], cursor, true)}) AS d
      JOIN fleet_plugin p ON p.plugin_appid = d.plugin_appid
      ORDER BY d.app_id, d.plugin_appid LIMIT ${sql.literal(String(pageSize))}`
    return yield* Effect.orDie(Rows(rows))
  })

/**
 * The differences between two sweeps, ordered by mini program and plugin.
 *
 * **Gotchas** Mini programs that were not listed in both sweeps are left out: nothing is known of what changed there.
 *
 * @since 0.1.0
 * @category queries
 */
export const diff = (before: SweepId, after: SweepId): Stream.Stream<PluginDifference, SqlError, SqlClient.SqlClient> =>
  Stream.paginateChunkEffect(["", ""] as readonly [string, string], (cursor) =>
    Effect.map(page(before, after, cursor), (rows) => {
      const last = rows.at(-1)
      return [
        Chunk.unsafeFromArray(
          rows.map(({ after, app_id, before, nickname, plugin_appid }) => ({
            appId: app_id,
            pluginAppid: plugin_appid,
            nickname,
            ...(before === null ? {} : { before: before as PluginStatus }),
            ...(after === null ? {} : { after: after as PluginStatus })
          }))
        ),
        last === undefined || rows.length < pageSize
          ? Option.none()
          : Option.some([last.app_id, last.plugin_appid] as const)
      ]
    })
  )
