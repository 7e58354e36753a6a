import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { Config, Console, Effect, Layer } from "effect"

const WeChat = Effect.gen(function* () {
  const baseUrl = yield* Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
  const token = AccessToken.layerCentral({
    url: yield* Config.url("TOKEN_SERVICE"),
    appId: yield* Config.string("WECHAT_APPID"),
    authorization: yield* Config.redacted("TOKEN_SERVICE_AUTHORIZATION")
  })
  return Layer.provide(HttpsTransport.layerAccessToken({ baseUrl }), token)
}).pipe(Layer.unwrapEffect, Layer.provide(FetchHttpClient.layer))

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
