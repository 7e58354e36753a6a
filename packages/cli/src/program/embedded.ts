/** The emulator within the command itself: a WeChat for as long as it runs. */
import * as Emulator from "@effect-wechat/emulator/Emulator"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import * as AccessToken from "@effect-wechat/transport-https/AccessToken"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import * as MiniPrograms from "@effect-wechat/transport-https/MiniPrograms"
import * as ThirdPartyMiniPrograms from "@effect-wechat/transport-https/ThirdPartyMiniPrograms"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MiniProgram } from "./miniProgram.js"

const server = ({ host }: URL) => ({
  zh: `内置模拟器（${host}；设置 WECHAT_APPID 与 WECHAT_SECRET 即可访问微信）`,
  en: `the embedded emulator (${host}; set WECHAT_APPID and WECHAT_SECRET to ask WeChat)`
})

const source = { zh: "内置模拟器自带", en: "the emulator's own" }

export const layer = Layer.unwrapEffect(
  Effect.map(Emulator.Emulator, ({ appId, appSecret, url }) =>
    HttpsTransport.layerAccessToken({ baseUrl: url }).pipe(
      Layer.provideMerge(AccessToken.layerStable({ appId, appSecret, baseUrl: url })),
      Layer.provide(FetchHttpClient.layer),
      Layer.merge(Layer.succeed(ThirdPartyPlatform, {})),
      Layer.merge(Layer.succeed(MiniProgram, { appid: appId, source, server: server(url), isThirdParty: false }))
    )
  )
).pipe(Layer.provide(Emulator.layer()))

/** The same mini program as the emulator's third-party platform has it. */
export const layerThirdParty = Layer.unwrapEffect(
  Effect.gen(function* () {
    const { appId, url, world } = yield* Emulator.Emulator
    const platform = (yield* world).platforms[0]!
    const refreshToken = Effect.succeed(platform.authorizations[0]!.refreshToken)
    return MiniPrograms.transport(appId).pipe(
      Layer.provideMerge(
        ThirdPartyMiniPrograms.layerFetch({
          baseUrl: url,
          componentAppId: platform.appid,
          componentAppSecret: platform.appSecret,
          verifyTicket: Effect.succeed(platform.verifyTicket),
          refreshToken: () => refreshToken,
          onRefreshToken: () => Effect.void
        })
      ),
      Layer.merge(Layer.succeed(MiniProgram, { appid: appId, source, server: server(url), isThirdParty: true }))
    )
  })
).pipe(Layer.provide(Emulator.layer()))
