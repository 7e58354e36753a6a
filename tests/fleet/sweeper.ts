/** A process that runs one sweep to its end, or until it is killed. */
import { type Change, Fleet } from "@effect-wechat/fleet"
import { MiniPrograms } from "@effect-wechat/transport-https"
import { Effect, Layer, Redacted } from "effect"
import { appsOf } from "../../packages/fleet/test/support.js"

export interface Task {
  readonly baseUrl: string
  readonly file: string
  readonly apps: number
  readonly change?: Change.Change
}

const { apps, baseUrl, change, file } = JSON.parse(process.argv[2]!) as Task

const miniPrograms = MiniPrograms.layerFetch({
  baseUrl,
  appSecret: (appId) => Effect.succeed(Redacted.make(`made-up-secret-of-${appId}`))
})

await Effect.flatMap(Fleet.Fleet, (fleet) =>
  Effect.flatMap(fleet.start({ key: "killed", apps: appsOf(apps), change }), fleet.wait)
).pipe(Effect.provide(Layer.provide(Fleet.layerLibsql({ file }), miniPrograms)), Effect.runPromise)
