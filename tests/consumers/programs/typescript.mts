// The list program in TypeScript: an ES module, barrels, with the error as a branch of its own.
import { type Plugin, PluginManager, type PluginManagerError } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Config, Console, Effect } from "effect"

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL")
})

const plugins = PluginManager.getPluginList.pipe(
  Effect.catchTag("IpNotAllowed", (error: PluginManagerError.IpNotAllowed) =>
    Effect.as(Console.error(error.hint.en), [] as ReadonlyArray<Plugin.Plugin>)
  )
)

const program = Effect.gen(function* () {
  for (const { appid, nickname, status } of yield* plugins) {
    yield* Console.log(`${appid} ${nickname}: ${status}`)
  }
})

await Effect.runPromise(Effect.provide(program, WeChat))
