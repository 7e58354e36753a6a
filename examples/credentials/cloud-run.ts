import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config, Console, Effect, Layer } from "effect"

const WeChat = HttpsTransport.layerOpenInterfaceConfig({
  // without it: http://api.weixin.qq.com, which cloud run carries to WeChat
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
}).pipe(Layer.provide(NodeTransport.layerNodeClient()))

const program = Effect.flatMap(PluginManager.getPluginList, Console.log)

await Effect.runPromise(Effect.provide(program, WeChat))
