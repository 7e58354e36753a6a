/**
 * A plugin from application to approval, update and removal, seen by both the mini program and the plugin's developer. The example needs no
 * WeChat account: it runs against the emulator, which can also skip days.
 *
 *     npx tsx main.ts      (or: bun main.ts)
 */
import { Emulator } from "@effect-wechat/emulator"
import { PluginManager, PluginStatus, type ThirdPartyPlatform, type Transport } from "@effect-wechat/plugin-manager"
import { MiniPrograms } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Console, Effect, Layer, Schedule } from "effect"
import { developer, map, shop, world } from "./world.js"

/** Runs effects as one mini program. Its transport is built once, so that it keeps its token. */
const as = (appid: string) =>
  Effect.gen(function* () {
    const wechat = yield* Emulator.Emulator
    const { appSecret } = yield* wechat.miniProgram(appid)
    return Effect.provide(yield* Layer.build(NodeTransport.layerNode({ appId: appid, appSecret, baseUrl: wechat.url })))
  })

/** Runs effects as the third-party platform, for the shop. `updatePlugin` compiles only with it. */
const asPlatform = Effect.gen(function* () {
  const { url } = yield* Emulator.Emulator
  const { appSecret, appid, authorizations, verifyTicket } = world.components[0]!
  const context = yield* Layer.build(
    NodeTransport.layerNodeThirdPartyMiniPrograms({
      componentAppId: appid,
      componentAppSecret: appSecret,
      verifyTicket: Effect.succeed(verifyTicket),
      refreshToken: () => Effect.succeed(authorizations[0]!.refreshToken),
      onRefreshToken: () => Effect.void,
      baseUrl: url
    })
  )
  return <A, E>(effect: Effect.Effect<A, E, Transport.Transport | ThirdPartyPlatform.ThirdPartyPlatform>) =>
    effect.pipe(Effect.provide(MiniPrograms.transport(shop)), Effect.provide(context))
})

const apply = (reason: string) =>
  Effect.zipRight(Console.log(`The shop applies: "${reason}"`), PluginManager.applyPlugin({ pluginAppid: map, reason }))

const unbind = PluginManager.unbindPlugin({ pluginAppid: map })

const line = ({ nickname, reason, status }: { nickname: string; reason?: string; status: PluginStatus.PluginStatus }) =>
  `${nickname}, ${PluginStatus.label(status).en}${reason === undefined ? "" : ` ("${reason}")`}`

const lines = (records: ReadonlyArray<Parameters<typeof line>[0]>) => records.map(line).join("; ") || "nothing"

const story = Effect.gen(function* () {
  const wechat = yield* Emulator.Emulator
  const byShop = yield* as(shop)
  const byDeveloper = yield* as(developer)

  const bothLook = Effect.gen(function* () {
    yield* Console.log(`    shop sees: ${lines(yield* byShop(PluginManager.getPluginList))}`)
    const applications = yield* byDeveloper(PluginManager.getPluginDevApplyList({ page: 1, num: 10 }))
    yield* Console.log(`    developer sees: ${lines(applications)}`)
  })

  yield* byShop(apply("地图"))
  yield* bothLook

  yield* Console.log("The shop changes its mind, too early:")
  yield* byShop(unbind).pipe(
    Effect.catchTag("PendingApplicationNotDeletable", ({ errcode, hint }) => Console.log(`    ${errcode}: ${hint.en}`))
  )

  yield* Console.log("Two days go by without an answer.")
  yield* wechat.advance("2 days")
  yield* bothLook

  yield* byShop(apply("在地图上找到我们的花店"))
  yield* Console.log("The developer refuses.")
  yield* byDeveloper(PluginManager.setDevPluginApplyStatus({ action: "refuse", appid: shop, reason: "请说明门店数量" }))
  yield* bothLook

  yield* byShop(apply("在地图上找到我们的三家花店"))
  const decision = Effect.zipRight(
    Console.log("The shop waits; the developer agrees."),
    byDeveloper(PluginManager.setDevPluginApplyStatus({ action: "agree", appid: shop }))
  )
  const approval = PluginManager.awaitApproval({ pluginAppid: map, schedule: Schedule.spaced("20 millis") })
  yield* Effect.all([byShop(approval), decision], { concurrency: 2 })
  yield* bothLook

  yield* Console.log("The platform updates the plugin, first to a version that does not exist:")
  const byPlatform = yield* asPlatform
  const update = (userVersion: string) => byPlatform(PluginManager.updatePlugin({ pluginAppid: map, userVersion }))
  yield* update("9.9.9").pipe(
    Effect.catchTag("QuickUpdateNotSupported", ({ errcode, hint }) => Console.log(`    ${errcode}: ${hint.en}`))
  )
  yield* update("1.1.0")
  const [application] = (yield* wechat.world).applications
  yield* Console.log(`    ${map} is at ${application?.userVersion}`)

  yield* Console.log("The shop unbinds it.")
  yield* byShop(unbind)
  yield* bothLook
})

await Effect.runPromise(story.pipe(Effect.scoped, Effect.provide(Emulator.layer({ world }))))
