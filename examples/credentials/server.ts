import { PluginManager } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config, Console, Effect } from "effect"

const WeChat = NodeTransport.layerNodeConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  // set it to the emulator's address to try the program without WeChat
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
})

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
