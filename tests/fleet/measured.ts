/** A process that sweeps one fleet several times, and reports what each sweep cost and what it left. */
import { Fleet } from "@effect-wechat/fleet"
import { MiniPrograms } from "@effect-wechat/transport-https"
import { SqlClient } from "@effect/sql"
import { Effect, Layer, Redacted } from "effect"
import { existsSync, statSync } from "node:fs"
import { appsOf } from "../../packages/fleet/test/support.js"

export interface Measurement {
  readonly baseUrl: string
  readonly file: string
  readonly apps: number
  readonly sweeps: number
}

export interface Figures {
  /** for each mini program: user and system, all threads */
  readonly cpuMillis: number
  readonly appsPerSecond: number
  /** of the process since its start */
  readonly peakMegabytes: number
  readonly fileMegabytes: number
  readonly rows: Readonly<Record<string, number>>
}

const { apps, baseUrl, file, sweeps } = JSON.parse(process.argv[2]!) as Measurement

const tables = ["fleet_sweep", "fleet_app", "fleet_listing", "cluster_messages", "cluster_replies"]

const rows = Effect.flatMap(SqlClient.SqlClient, (sql) =>
  Effect.map(
    Effect.forEach(tables, (table) => sql<{ count: bigint }>`SELECT count(*) AS count FROM ${sql(table)}`),
    (counts) => Object.fromEntries(counts.map(([row], at) => [tables[at]!, Number(row!.count)]))
  )
)

const bytes = () => [file, `${file}-wal`].reduce((sum, path) => sum + (existsSync(path) ? statSync(path).size : 0), 0)

const sweep = (night: number): Effect.Effect<Figures, unknown, Fleet.Fleet | SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const fleet = yield* Fleet.Fleet
    const started = performance.now()
    const before = process.cpuUsage()
    const { done, failed } = yield* fleet.wait(yield* fleet.start({ key: `night ${night}`, apps: appsOf(apps) }))
    const { system, user } = process.cpuUsage(before)
    const seconds = (performance.now() - started) / 1000
    if (done !== apps || failed > 0) {
      return yield* Effect.dieMessage(`${done} of ${apps} are done, and ${failed} failed`)
    }
    return {
      cpuMillis: (user + system) / 1000 / apps,
      appsPerSecond: apps / seconds,
      peakMegabytes: process.resourceUsage().maxRSS / 1000,
      fileMegabytes: bytes() / 1e6,
      rows: yield* rows
    }
  })

const miniPrograms = MiniPrograms.layerFetch({
  baseUrl,
  idleTimeToLive: "5 seconds",
  appSecret: (appId) => Effect.succeed(Redacted.make(`made-up-secret-of-${appId}`))
})

const figures = await Effect.forEach(Array.from({ length: sweeps }).keys(), sweep).pipe(
  Effect.provide(Layer.provide(Fleet.layerLibsql({ file }), miniPrograms)),
  Effect.runPromise
)
process.send!(figures, () => process.exit())
