/**
 * Asks many mini programs for their plugins at once, says of each what to do about it, and keeps one that is in trouble
 * from holding up the others.
 *
 *     WECHAT_APPIDS=wx1,wx2 WECHAT_wx1_SECRET=… WECHAT_wx2_SECRET=… npx tsx main.ts
 *
 * With WECHAT_ROUNDS=3 it asks three times, WECHAT_PAUSE (10 seconds) apart.
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Config, Console, Data, Effect, LayerMap, Schedule } from "effect"

/** A Transport for each mini program. The map builds it at its first call and keeps it, and its token, over the others. */
class WeChat extends LayerMap.Service<WeChat>()("WeChat", {
  lookup: (appId: string) =>
    HttpsTransport.layerFetchConfig({
      appId: Config.succeed(appId),
      appSecret: Config.redacted(`WECHAT_${appId}_SECRET`),
      baseUrl: Config.url(`WECHAT_${appId}_BASE_URL`).pipe(Config.withDefault(undefined))
    }),
  idleTimeToLive: "1 hour"
}) {}

class TooSlow extends Data.TaggedError("TooSlow")<{}> {}

const patience = "3 seconds"

/** What is said of one mini program. It requires a Transport, and does not know which. */
const report = PluginManager.getPluginList.pipe(
  PluginManager.retryTransient,
  // over all tries together: the transport's own timeout is for one call
  Effect.timeoutFail({ duration: patience, onTimeout: () => new TooSlow() }),
  Effect.map((plugins) => {
    const waiting = plugins.filter(({ status }) => status === "applying").length
    return `${plugins.length} plugins, ${waiting} waiting for an answer`
  }),
  // branch by tag: each handler sees its own error's fields, and a tag that cannot occur does not compile
  Effect.catchTags({
    TooSlow: () => Effect.succeed(`no answer within ${patience}`),
    InvalidAppSecret: ({ hint }) => Effect.succeed(`for its owner: ${hint.en}`),
    IpNotAllowed: ({ errmsg, hint }) => Effect.succeed(`for its owner: ${hint.en} (${errmsg})`)
  }),
  // those that are left have all the same fields
  Effect.catchAll(({ _tag, hint }) => Effect.succeed(`${_tag}: ${hint.en}`))
)

const main = Effect.gen(function* () {
  const appIds = yield* Config.array(Config.string(), "WECHAT_APPIDS")
  const rounds = yield* Config.integer("WECHAT_ROUNDS").pipe(Config.withDefault(1))
  const pause = yield* Config.duration("WECHAT_PAUSE").pipe(Config.withDefault("10 seconds"))
  const round = Effect.forEach(appIds, (appId) => Effect.provide(report, WeChat.get(appId)), {
    // as many at a time as WeChat and this machine should bear
    concurrency: 10
  })
  const print = (reports: ReadonlyArray<string>) =>
    Console.log(reports.map((text, at) => `${appIds[at]}: ${text}`).join("\n"))
  yield* round.pipe(
    Effect.flatMap(print),
    Effect.repeat(Schedule.spaced(pause).pipe(Schedule.intersect(Schedule.recurs(rounds - 1))))
  )
})

await main.pipe(Effect.provide(WeChat.Default), Effect.runPromise)
