/**
 * One machine of two: lists plugins by four at once until its stdin ends, then prints what became of it. A number on stdin is how
 * many milliseconds its time of day goes forward, which it
 * confirms by how often it has listed; how long a call takes is not touched by that.
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as RedisTokenStore from "@effect-wechat/transport-https/RedisTokenStore"
import { Clock, Config, Console, Deferred, Effect, Layer } from "effect"
import { createInterface } from "node:readline"

let ahead = 0
const live = Clock.make()
const clock: Clock.Clock = {
  ...live,
  unsafeCurrentTimeMillis: () => live.unsafeCurrentTimeMillis() + ahead,
  currentTimeMillis: Effect.map(live.currentTimeMillis, (now) => now + ahead),
  unsafeCurrentTimeNanos: () => live.unsafeCurrentTimeNanos(),
  currentTimeNanos: live.currentTimeNanos,
  sleep: (duration) => live.sleep(duration)
}

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL")
}).pipe(Layer.provide(RedisTokenStore.layerConfig({ url: Config.redacted("REDIS_URL") })))

const program = Effect.gen(function* () {
  const end = yield* Deferred.make<void>()
  const failures: Array<string> = []
  let listed = 0
  let isOver = false
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      ahead += Number(line)
      console.log(`listed ${listed}`)
    })
    .on("close", () => {
      isOver = true
      Deferred.unsafeDone(end, Effect.void)
    })
  const list = PluginManager.getPluginList.pipe(
    Effect.match({
      onSuccess: () => {
        listed += 1
      },
      onFailure: (error) => {
        failures.push(`${error._tag} ${error.message}`)
      }
    }),
    Effect.zipRight(Effect.sleep("5 millis"))
  )
  yield* Effect.replicateEffect(Effect.repeat(list, { until: () => isOver }), 4, {
    concurrency: "unbounded",
    discard: true
  })
  yield* Deferred.await(end)
  yield* Console.log(JSON.stringify({ listed, failures }))
})

await Effect.runPromise(program.pipe(Effect.provide(WeChat), Effect.withClock(clock)))
