/**
 * Lists plugins through an HTTP proxy, over the undici client of @effect/platform-node (Node only).
 *
 *     PROXY_URL=http://127.0.0.1:3128 WECHAT_APPID=… WECHAT_SECRET=… npx tsx undici.ts
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { NodeHttpClient } from "@effect/platform-node"
import { Config, Console, Effect, Layer } from "effect"
import { ProxyAgent } from "undici"

/** undici sends every request through a dispatcher. This one goes through the proxy. */
const ThroughProxy = Layer.scoped(
  NodeHttpClient.Dispatcher,
  Effect.flatMap(Config.url("PROXY_URL"), (proxy) =>
    Effect.acquireRelease(
      Effect.sync(() => new ProxyAgent(proxy.href)),
      (agent) => Effect.promise(() => agent.close())
    )
  )
)

const WeChat = HttpsTransport.layerConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
}).pipe(Layer.provide(NodeHttpClient.layerUndiciWithoutDispatcher), Layer.provide(ThroughProxy))

const program = Effect.gen(function* () {
  const plugins = yield* PluginManager.getPluginList
  yield* Console.log(plugins.map(({ appid, status }) => `${appid} ${status}`).join("\n"))
})

await Effect.runPromise(Effect.provide(program, WeChat))
