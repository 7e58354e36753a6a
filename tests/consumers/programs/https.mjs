// The list program over HTTPS, as the README has it: ESM, barrels, the platform's own fetch.
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Config, Console, Effect } from "effect"

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL")
})

const program = Effect.gen(function* () {
  for (const { appid, nickname, status } of yield* PluginManager.getPluginList) {
    yield* Console.log(`${appid} ${nickname}: ${status}`)
  }
})

await Effect.runPromise(Effect.provide(program, WeChat))
