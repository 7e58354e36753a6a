/**
 * Lists plugins through an HTTP proxy, over the runtime's own fetch.
 *
 *     PROXY_URL=http://127.0.0.1:3128 WECHAT_APPID=… WECHAT_SECRET=… npx tsx fetch.ts      (or: bun fetch.ts)
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { Config, Console, Effect, Layer } from "effect"
import { ProxyAgent } from "undici"

/** The proxy option of fetch is not standard: Bun has `proxy`, Node has `dispatcher`, from undici. */
const options = Effect.gen(function* () {
  const { href: proxy } = yield* Config.url("PROXY_URL")
  if (process.versions.bun !== undefined) {
    return { proxy }
  }
  const dispatcher = yield* Effect.acquireRelease(
    Effect.sync(() => new ProxyAgent(proxy)),
    (agent) => Effect.promise(() => agent.close())
  )
  return { dispatcher }
})

/** `layerFetch` passes this RequestInit to fetch. */
const ThroughProxy = Layer.scoped(
  FetchHttpClient.RequestInit,
  Effect.map(options, (init: object) => init)
)

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
}).pipe(Layer.provide(ThroughProxy))

const program = Effect.gen(function* () {
  const plugins = yield* PluginManager.getPluginList
  yield* Console.log(plugins.map(({ appid, status }) => `${appid} ${status}`).join("\n"))
})

await Effect.runPromise(Effect.provide(program, WeChat))
