import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { Config, Console, Effect, Layer } from "effect"

const WeChat = Config.url("WECHAT_BASE_URL").pipe(
  Config.withDefault(undefined), // http://api.weixin.qq.com, which the platform carries itself
  Effect.map((baseUrl) => HttpsTransport.layerOpenInterface({ baseUrl })),
  Layer.unwrapEffect,
  Layer.provide(FetchHttpClient.layer)
)

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
