/**
 * One of several machines of an app. It lists plugins by four at once until its parent disconnects. Each number from the parent moves its
 * time of day forward by so many milliseconds, and is answered with what happened since the last one.
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as RedisTokenStore from "@effect-wechat/transport-https/RedisTokenStore"
import { Clock, Config, Effect, Layer } from "effect"

export interface Report {
  readonly listed: number
  /** how often calls failed, by the tag of the error */
  readonly failures: Readonly<Record<string, number>>
  /** how long the slowest call took or has taken so far, in milliseconds */
  readonly longest: number
}

export type Message = { readonly report: Report } | { readonly isAsking: boolean }

const send = (message: Message) => process.send?.(message)

let ahead = Number(process.env["AHEAD"])
const live = Clock.make()
const clock: Clock.Clock = {
  ...live,
  unsafeCurrentTimeMillis: () => live.unsafeCurrentTimeMillis() + ahead,
  currentTimeMillis: Effect.map(live.currentTimeMillis, (now) => now + ahead),
  unsafeCurrentTimeNanos: () => live.unsafeCurrentTimeNanos(),
  currentTimeNanos: live.currentTimeNanos,
  sleep: (duration) => live.sleep(duration)
}

/** The time in which this process could run. It stops while the process gets no CPU, so a busy machine does not make a call look slow. */
let awake = 0
let ticked = performance.now()
setInterval(() => {
  const now = performance.now()
  awake += Math.min(now - ticked, 40)
  ticked = now
}, 20)

// the parent must know which machine is asking for a token
const { fetch } = globalThis
let asking = 0
globalThis.fetch = (input, init) => {
  if (!String(input).includes("/cgi-bin/")) {
    return fetch(input, init)
  }
  asking += 1
  send({ isAsking: true })
  return fetch(input, init).finally(() => {
    asking -= 1
    send({ isAsking: asking > 0 })
  })
}

const started = new Set<{ readonly at: number }>()
let failures: Record<string, number> = {}
let listed = 0
let longest = 0
let isOver = false

process.on("message", (millis: number) => {
  ahead += millis
  const pending = [...started].map(({ at }) => awake - at)
  send({ report: { listed, failures, longest: Math.max(longest, ...pending) } })
  failures = {}
  listed = 0
  longest = 0
})
process.on("disconnect", () => {
  isOver = true
})

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL"),
  timeout: Config.duration("TIMEOUT")
}).pipe(Layer.provide(RedisTokenStore.layerConfig({ url: Config.redacted("REDIS_URL") })))

const list = Effect.suspend(() => {
  const call = { at: awake }
  started.add(call)
  return PluginManager.getPluginList.pipe(
    Effect.match({
      onSuccess: () => {
        listed += 1
      },
      onFailure: ({ _tag }) => {
        failures[_tag] = (failures[_tag] ?? 0) + 1
      }
    }),
    Effect.tap(() => {
      started.delete(call)
      longest = Math.max(longest, awake - call.at)
    }),
    Effect.zipRight(Effect.sleep("30 millis"))
  )
})

await Effect.replicateEffect(Effect.repeat(list, { until: () => isOver }), 4, {
  concurrency: "unbounded",
  discard: true
}).pipe(Effect.provide(WeChat), Effect.withClock(clock), Effect.runPromise)
process.exit()
