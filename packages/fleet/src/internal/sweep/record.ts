import type { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import * as SqlClient from "@effect/sql/SqlClient"
import { SqlError } from "@effect/sql/SqlError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Failure, Outcome } from "../../AppResult.js"
import type { SweepId } from "../../Sweep.js"

/** What was found, or done, for one mini program. */
export interface Finding {
  readonly appId: string
  readonly outcome: Outcome
  readonly error?: Failure
  readonly plugins: ReadonlyArray<Plugin>
}

export type Record = (
  sweepId: SweepId,
  findings: ReadonlyArray<Finding>
) => Effect.Effect<void, SqlError, SqlClient.SqlClient>

/** `@effect/sql` makes a defect of a commit that fails, as on a full disk. */
const commitFailure = <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.catchAllDefect(self, (defect) => (defect instanceof SqlError ? Effect.fail(defect) : Effect.die(defect)))

const chunked = <A>(items: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

/** Rows of one statement: SQLite accepts 32,766 parameters. */
const rowsAtOnce = 1000

/** Writes what a batch found, in one transaction. A mini program that has a result keeps that one. */
export const makeRecord: Effect.Effect<Record> = Effect.sync(() => {
  /** The names and avatars that are in the database already. */
  const known = new Map<string, string>()
  const lookOf = ({ headimgurl, nickname }: Plugin) => `${headimgurl} ${nickname}`

  return (sweepId, findings) =>
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const recorded_at = yield* Clock.currentTimeMillis
      const looks = new Map(
        findings.flatMap(({ plugins }) =>
          plugins.filter((plugin) => known.get(plugin.appid) !== lookOf(plugin)).map((plugin) => [plugin.appid, plugin])
        )
      )
      yield* sql.withTransaction(
        Effect.gen(function* () {
          const written = yield* sql<{ app_id: string }>`INSERT INTO fleet_app ${sql.insert(
            findings.map(({ appId, error, outcome }) => ({
              sweep_id: sweepId,
              app_id: appId,
              outcome,
              error_tag: error?.tag ?? null,
              error_category: error?.category ?? null,
              errcode: error?.errcode ?? null,
              error_message: error?.message ?? null,
              recorded_at
            }))
          )} ON CONFLICT (sweep_id, app_id) DO UPDATE SET outcome = excluded.outcome, error_tag = excluded.error_tag,
            error_category = excluded.error_category, errcode = excluded.errcode, error_message = excluded.error_message,
            recorded_at = excluded.recorded_at WHERE fleet_app.outcome IS NULL RETURNING app_id`
          const isWritten = new Set(written.map(({ app_id }) => app_id))
          const listings = findings.flatMap(({ appId, plugins }) =>
            isWritten.has(appId)
              ? plugins.map(({ appid, reason, status }) => ({
                  sweep_id: sweepId,
                  app_id: appId,
                  plugin_appid: appid,
                  status,
                  reason: reason ?? null
                }))
              : []
          )
          yield* Effect.forEach(
            chunked(listings, rowsAtOnce),
            (rows) => sql`INSERT INTO fleet_listing ${sql.insert(rows)} ON CONFLICT DO NOTHING`,
            { discard: true }
          )
          yield* Effect.forEach(
            chunked([...looks.values()], rowsAtOnce),
            (plugins) =>
              sql`INSERT INTO fleet_plugin ${sql.insert(
                plugins.map(({ appid, headimgurl, nickname }) => ({ plugin_appid: appid, nickname, headimgurl }))
              )} ON CONFLICT (plugin_appid) DO UPDATE SET nickname = excluded.nickname, headimgurl = excluded.headimgurl`,
            { discard: true }
          )
        })
      )
      for (const [appid, plugin] of looks) {
        known.set(appid, lookOf(plugin))
      }
    }).pipe(commitFailure)
})
