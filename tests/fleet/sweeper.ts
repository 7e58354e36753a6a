/** A process that runs one sweep to its end, or until it is killed. It prints how many calls it made. */
import { type Change, Fleet } from "@effect-wechat/fleet"
import { MiniPrograms, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import { RunnerAddress } from "@effect/cluster"
import { NodeClusterSocket } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { Effect, Layer, Logger, LogLevel, Option, Redacted } from "effect"
import { appsOf } from "../../packages/fleet/test/support.js"

export interface Task {
  readonly baseUrl: string
  /** a libsql file, or a PostgreSQL database and the port of this runner */
  readonly database: string | { readonly url: string; readonly port: number }
  readonly apps: number
  readonly change?: Change.Change
  /** the third-party platform that makes the calls; without it, each mini program has its own secret */
  readonly platform?: string
  /** calls in a second, of all runners together */
  readonly limit?: number
}

const { apps, baseUrl, change, database, limit, platform } = JSON.parse(process.argv[2]!) as Task

const madeUp = (secret: string) => Effect.succeed(Redacted.make(secret))

const miniPrograms: Layer.Layer<MiniPrograms.MiniPrograms, unknown> =
  platform === undefined
    ? MiniPrograms.layerFetch({ baseUrl, appSecret: (appId) => madeUp(`made-up-secret-of-${appId}`) })
    : ThirdPartyMiniPrograms.layerFetch({
        baseUrl,
        componentAppId: platform,
        componentAppSecret: Redacted.make("made-up-secret-of-a-component-of-the-emulator"),
        verifyTicket: madeUp("ticket@@@made-up-of-the-emulator"),
        refreshToken: () => madeUp("refreshtoken@@@made-up-of-the-emulator"),
        onRefreshToken: () => Effect.void
      })

const options: Fleet.Options =
  limit === undefined ? {} : { limits: { fleet: { calls: limit, per: "1 second" } }, pollInterval: "200 millis" }

const fleet: Layer.Layer<Fleet.Fleet, unknown, MiniPrograms.MiniPrograms> =
  typeof database === "string"
    ? Fleet.layerLibsql({ file: database, ...options })
    : Fleet.layerCluster({
        ...options,
        cluster: NodeClusterSocket.layer({
          storage: "sql",
          shardingConfig: {
            runnerAddress: Option.some(RunnerAddress.make("127.0.0.1", database.port)),
            shardLockExpiration: "9 seconds",
            shardLockRefreshInterval: "3 seconds",
            refreshAssignmentsInterval: "1 second",
            entityMessagePollInterval: "1 second",
            entityTerminationTimeout: "1 second"
          }
        })
      }).pipe(Layer.provide(PgClient.layer({ url: Redacted.make(database.url), maxConnections: 8 })))

const { fetch } = globalThis
let calls = 0
globalThis.fetch = (input, init) => {
  calls += String(input).includes("/wxa/plugin") ? 1 : 0
  return fetch(input, init)
}

await Effect.flatMap(Fleet.Fleet, (fleet) =>
  Effect.flatMap(fleet.start({ key: "killed", apps: appsOf(apps), change }), fleet.wait)
).pipe(
  Effect.provide(Layer.provide(fleet, miniPrograms)),
  Logger.withMinimumLogLevel(LogLevel.Error),
  Effect.runPromise
)
console.log(calls)
