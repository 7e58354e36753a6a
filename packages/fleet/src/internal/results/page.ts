import type { Category } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { PluginStatus } from "@effect-wechat/plugin-manager/PluginStatus"
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { AppResult, Listing, Outcome } from "../../AppResult.js"
import { Integer } from "../database/columns.js"

export const pageSize = 500

const Text = Schema.NullOr(Schema.String)

const Apps = Schema.decodeUnknown(
  Schema.Array(
    Schema.Struct({
      app_id: Schema.String,
      outcome: Schema.String,
      error_tag: Text,
      error_category: Text,
      errcode: Schema.NullOr(Integer),
      error_message: Text,
      recorded_at: Integer
    })
  )
)

const Listings = Schema.decodeUnknown(
  Schema.Array(
    Schema.Struct({
      app_id: Schema.String,
      plugin_appid: Schema.String,
      status: Schema.String,
      reason: Text,
      nickname: Schema.String,
      headimgurl: Schema.String
    })
  )
)

/** The results after an appid, at most a page of them; or that of one mini program. */
export const resultsAfter = (
  sweepId: number,
  after: string,
  only?: string
): Effect.Effect<ReadonlyArray<AppResult>, SqlError, SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    const apps = yield* Effect.orDie(
      Apps(
        yield* sql`SELECT app_id, outcome, error_tag, error_category, errcode, error_message, recorded_at FROM fleet_app
          WHERE sweep_id = ${sweepId} AND ${only === undefined ? sql`app_id > ${after}` : sql`app_id = ${only}`}
          AND outcome IS NOT NULL ORDER BY app_id LIMIT ${sql.literal(String(pageSize))}`
      )
    )
    const first = apps.at(0)
    const last = apps.at(-1)
    if (first === undefined || last === undefined) {
      return []
    }
    const listings = yield* Effect.orDie(
      Listings(
        yield* sql`SELECT l.app_id AS app_id, l.plugin_appid AS plugin_appid, l.status AS status, l.reason AS reason,
            p.nickname AS nickname, p.headimgurl AS headimgurl
          FROM fleet_listing l JOIN fleet_plugin p ON p.plugin_appid = l.plugin_appid
          WHERE l.sweep_id = ${sweepId} AND l.app_id >= ${first.app_id} AND l.app_id <= ${last.app_id}
          ORDER BY l.app_id, l.plugin_appid`
      )
    )
    const byApp = new Map<string, Array<Listing>>(apps.map(({ app_id }) => [app_id, []]))
    for (const { app_id, headimgurl, nickname, plugin_appid, reason, status } of listings) {
      byApp.get(app_id)?.push({
        pluginAppid: plugin_appid,
        status: status as PluginStatus,
        nickname,
        headimgurl,
        ...(reason === null ? {} : { reason })
      })
    }
    return apps.map(({ app_id, errcode, error_category, error_message, error_tag, outcome, recorded_at }) => ({
      appId: app_id,
      outcome: outcome as Outcome,
      recordedAt: recorded_at,
      ...(error_tag === null
        ? {}
        : {
            error: {
              tag: error_tag,
              category: error_category as Category,
              ...(errcode === null ? {} : { errcode }),
              message: error_message ?? ""
            }
          }),
      plugins: byApp.get(app_id) ?? []
    }))
  })
