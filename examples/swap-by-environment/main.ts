/**
 * One program whose transport is chosen by configuration: HTTPS on a server, cloud calls in a cloud function.
 *
 *     WECHAT_APPID=… WECHAT_SECRET=… npx tsx main.ts
 *     WECHAT_TRANSPORT=cloud CLOUD_ENV=… TENCENTCLOUD_SECRETID=… TENCENTCLOUD_SECRETKEY=… npx tsx main.ts
 */
import { PluginManager } from "@effect-wechat/plugin-manager"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config, Console, Effect, Layer } from "effect"

const Https = NodeTransport.layerNodeConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
})

const Cloud = CloudTransport.layerConfig({
  // loaded by the first cloud call; a program over HTTPS never loads it
  cloud: () => import("wx-server-sdk"),
  init: {
    env: Config.string("CLOUD_ENV"),
    serviceUrl: Config.string("CLOUD_SERVICE_URL").pipe(Config.withDefault(undefined))
  }
})

/** The only place that chooses the transport. */
const WeChat = Layer.unwrapEffect(
  Effect.map(
    Config.literal("https", "cloud")("WECHAT_TRANSPORT").pipe(Config.withDefault("https" as const)),
    (transport) => ({ https: Https, cloud: Cloud })[transport]
  )
)

const program = Effect.gen(function* () {
  const plugins = yield* PluginManager.getPluginList
  yield* Console.log(plugins.map(({ appid, status }) => `${appid} ${status}`).join("\n"))
})

await Effect.runPromise(Effect.provide(program, WeChat))
