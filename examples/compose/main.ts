/**
 * Lists the plugins of many mini programs at once and prints one line for each: the result, or what to do about the error. A slow or failing
 * mini program does not delay the others.
 *
 *     WECHAT_APPIDS=wx1,wx2 WECHAT_wx1_SECRET=… WECHAT_wx2_SECRET=… npx tsx main.ts
 *
 * With WECHAT_ROUNDS=3 it does so three times, WECHAT_PAUSE (10 seconds by default) apart.
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config, Console, Data, Effect, LayerMap, Schedule } from "effect"

/** A Transport for each mini program. The map builds it for the first call and keeps it, together with its token, for later calls. */
class WeChat extends LayerMap.Service<WeChat>()("WeChat", {
  lookup: (appId: string) =>
    NodeTransport.layerNodeConfig({
      appId: Config.succeed(appId),
      appSecret: Config.redacted(`WECHAT_${appId}_SECRET`),
      baseUrl: Config.url(`WECHAT_${appId}_BASE_URL`).pipe(Config.withDefault(undefined))
    }),
  idleTimeToLive: "1 hour"
}) {}

class TooSlow extends Data.TaggedError("TooSlow")<{}> {}

const patience = "3 seconds"

/** One line about one mini program. It works with any Transport. */
const report = PluginManager.getPluginList.pipe(
  PluginManager.retryTransient,
  // limits all tries together; the transport's own timeout limits one call
  Effect.timeoutFail({ duration: patience, onTimeout: () => new TooSlow() }),
  Effect.map((plugins) => {
    const waiting = plugins.filter(({ status }) => status === "applying").length
    return `${plugins.length} plugins, ${waiting} waiting for an answer`
  }),
  // one handler per tag: each sees the fields of its error, and a tag that cannot occur does not compile
  Effect.catchTags({
    TooSlow: () => Effect.succeed(`no answer within ${patience}`),
    InvalidAppSecret: ({ hint }) => Effect.succeed(`for its owner: ${hint.en}`),
    IpNotAllowed: ({ errmsg, hint }) => Effect.succeed(`for its owner: ${hint.en} (${errmsg})`)
  }),
  // all remaining errors have `_tag` and `hint`
  Effect.catchAll(({ _tag, hint }) => Effect.succeed(`${_tag}: ${hint.en}`))
)

const main = Effect.gen(function* () {
  const appIds = (yield* Config.string("WECHAT_APPIDS")).split(",")
  const rounds = yield* Config.integer("WECHAT_ROUNDS").pipe(Config.withDefault(1))
  const pause = yield* Config.duration("WECHAT_PAUSE").pipe(Config.withDefault("10 seconds"))
  const round = Effect.forEach(appIds, (appId) => Effect.provide(report, WeChat.get(appId)), {
    // ten calls at a time
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
