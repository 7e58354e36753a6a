/** The emulator inside the command. It stops when the command ends. */
import * as Emulator from "@effect-wechat/emulator/Emulator"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import * as AccessToken from "@effect-wechat/transport-https/AccessToken"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as MiniPrograms from "@effect-wechat/transport-https/MiniPrograms"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MiniProgram } from "./target.js"

const server = ({ host }: URL) => ({
  zh: `内置模拟器（${host}；设置 WECHAT_APPID 与 WECHAT_SECRET 即可访问微信）`,
  en: `the embedded emulator (${host}; set WECHAT_APPID and WECHAT_SECRET to call WeChat)`
})

const source = { zh: "内置模拟器", en: "the embedded emulator" }

export const layer = Emulator.layerFrom(({ appId, appSecret, url }) =>
  HttpsTransport.layerAccessToken({ baseUrl: url }).pipe(
    Layer.provideMerge(AccessToken.layerStable({ appId, appSecret, baseUrl: url })),
    Layer.provide(NodeTransport.layerNodeClient()),
    Layer.merge(Layer.succeed(ThirdPartyPlatform, {})),
    Layer.merge(Layer.succeed(MiniProgram, { appid: appId, source, server: server(url), isThirdParty: false }))
  )
).pipe(Layer.provide(Emulator.layer()))

/** The same mini program with the token of the emulator's third-party platform. */
export const layerThirdParty = Layer.unwrapEffect(
  Effect.gen(function* () {
    const { appId, url, world } = yield* Emulator.Emulator
    const component = (yield* world).components[0]!
    const refreshToken = Effect.succeed(component.authorizations[0]!.refreshToken)
    return MiniPrograms.transport(appId).pipe(
      Layer.provideMerge(
        NodeTransport.layerNodeThirdPartyMiniPrograms({
          baseUrl: url,
          componentAppId: component.appid,
          componentAppSecret: component.appSecret,
          verifyTicket: Effect.succeed(component.verifyTicket),
          refreshToken: () => refreshToken,
          onRefreshToken: () => Effect.void
        })
      ),
      Layer.merge(Layer.succeed(MiniProgram, { appid: appId, source, server: server(url), isThirdParty: true }))
    )
  })
).pipe(Layer.provide(Emulator.layer()))
