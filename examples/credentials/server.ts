import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Config, Console, Effect } from "effect"

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined)) // that of the emulator, to try it
})

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
