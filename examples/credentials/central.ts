import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config, Console, Effect, Layer } from "effect"

const Token = AccessToken.layerCentralConfig({
  url: Config.url("TOKEN_SERVICE"),
  appId: Config.string("WECHAT_APPID"),
  authorization: Config.redacted("TOKEN_SERVICE_AUTHORIZATION")
})

const WeChat = HttpsTransport.layerAccessTokenConfig({
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
}).pipe(Layer.provide(Token), Layer.provide(NodeTransport.layerNodeClient()))

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
