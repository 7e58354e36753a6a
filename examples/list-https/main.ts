/**
 * Lists the plugins of a mini program over HTTPS.
 *
 *     WECHAT_APPID=… WECHAT_SECRET=… npx tsx main.ts      (or: bun main.ts)
 */
import { PluginManager, PluginStatus } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config, Console, Effect } from "effect"

const WeChat = NodeTransport.layerNodeConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  // another of WeChat's hosts, or the emulator
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
})

const program = Effect.gen(function* () {
  const plugins = yield* PluginManager.getPluginList.pipe(PluginManager.retryTransient)
  for (const { appid, nickname, status } of plugins) {
    yield* Console.log(`${appid} ${nickname}: ${PluginStatus.label(status).zh}`)
  }
}).pipe(
  Effect.catchTag("IpNotAllowed", (error) => Console.error(`${error.errmsg}\n${error.hint.en}`)),
  Effect.provide(WeChat)
)

await Effect.runPromise(program)
