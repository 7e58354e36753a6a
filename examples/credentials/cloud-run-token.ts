import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { NodeContext, NodeHttpClient } from "@effect/platform-node"
import { Config, Console, Effect, Layer } from "effect"

const WeChat = Effect.gen(function* () {
  const baseUrl = yield* Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
  const path = yield* Config.string("CLOUDBASE_TOKEN_FILE").pipe(
    Config.withDefault("/.tencentcloudbase/wx/cloudbase_access_token")
  )
  return Layer.provide(HttpsTransport.layerAccessToken({ baseUrl }), AccessToken.layerCloudbaseFile({ path }))
}).pipe(Layer.unwrapEffect, Layer.provide([NodeHttpClient.layer, NodeContext.layer]))

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
