// The list program over HTTPS through our own undici layer, in TypeScript: an ES module.
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { Config, Console, Effect, Layer } from "effect"

const WeChat = HttpsTransport.layerConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL")
}).pipe(Layer.provide(UndiciHttpClient.layer({ connections: 2 })))

const program = Effect.gen(function* () {
  for (const { appid, nickname, status } of yield* PluginManager.getPluginList) {
    yield* Console.log(`${appid} ${nickname}: ${status}`)
  }
})

await Effect.runPromise(Effect.provide(program, WeChat))
