/**
 * What a program on Node, Bun or Deno uses instead of the runtime's `fetch`: the transports over node:https, with nothing else to install or to
 * provide. A call costs a fraction of the CPU time of one over `fetch`.
 *
 * It keeps connections open and uses them again, at most 64 at once to a host. It reads whole replies within their limit, follows no redirects, and
 * breaks a request off when its call is interrupted or late.
 *
 * @since 0.1.0
 */
import type * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as HttpClient from "@effect/platform/HttpClient"
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Agent as HttpAgent } from "node:http"
import { Agent as HttpsAgent, type AgentOptions } from "node:https"
import type { App } from "./Credential.js"
import type { HttpsOptions } from "./HttpsOptions.js"
import * as HttpsTransport from "./HttpsTransport.js"
import { atOnce } from "./internal/http/turns.js"
import { NodeSender } from "./internal/node/dispatch.js"
import { makeHttpClient } from "./internal/whole/httpClient.js"
import * as MiniPrograms from "./MiniPrograms.js"
import * as ThirdPartyMiniPrograms from "./ThirdPartyMiniPrograms.js"

const make = (plain: HttpAgent, tls: HttpAgent) => new NodeSender({ "http:": plain, "https:": tls }, tls.maxSockets)

const makeOwn = (options: AgentOptions) => {
  const kept = { timeout: 4000, keepAlive: true, ...options, maxSockets: options.maxSockets ?? atOnce }
  return make(new HttpAgent(kept), new HttpsAgent(kept))
}

/**
 * An `HttpClient` over node:https (and node:http, for an `http:` URL) with agents of its own, which are closed with the layer. Provide it to the
 * layers that require an `HttpClient`. The options are those of node's `https.Agent`: `ca` for a private certificate, `maxSockets` for more
 * connections to a host (64 by default; further requests wait without a socket), and on Node 24.5 or later `proxyEnv: process.env` for the proxy that
 * the environment names.
 *
 * It reads the whole reply, up to `HttpIncomingMessage.MaxBodySize`, and cannot stream it: it is made for WeChat's small JSON, not for files. It
 * follows no redirects, decodes no `content-encoding`, and makes no span, because a span would contain the token.
 *
 * **Gotchas**
 * - It sends nothing twice. If a server closes an idle connection just when a request is written to it, the call fails with
 *   `WechatTransportError`, reason `connection`: whether the server has read the request cannot be known. To make that rare, an idle connection is
 *   closed after 4 seconds (`timeout`, in milliseconds), or one second before the end of the time that the server names in `Keep-Alive: timeout=…`,
 *   whichever comes first.
 * - `NodeHttpClient.layer` of `@effect/platform-node` is another client: it opens a connection for each request.
 * - On Bun, `maxSockets` bounds the requests, while Bun itself keeps the connections and ignores the other options of an agent, except those for TLS.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provide(AccessToken.layerStatic({ accessToken: Redacted.make("…") })),
 *   Layer.provide(NodeTransport.layerNodeClient({ maxSockets: 256 }))
 * )
 * ```
 */
export const layerNodeClient = (options: AgentOptions = {}): Layer.Layer<HttpClient.HttpClient> =>
  Layer.scoped(
    HttpClient.HttpClient,
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => makeOwn(options)),
        (sender) => Effect.sync(() => sender.close())
      ),
      makeHttpClient
    )
  )

/**
 * `layerNodeClient` over your own agent, such as the `HttpsProxyAgent` of https-proxy-agent. It is for `https:` URLs, or for those that it can
 * carry. You destroy the agent yourself. As many requests run at once as its `maxSockets` says, which is unlimited by default.
 *
 * **Gotchas** Give it `keepAlive: true` and a `timeout`, or each call opens a connection: `new Agent({ keepAlive: true, timeout: 4000 })`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import { Layer, Redacted } from "effect"
 * import { Agent } from "node:https"
 *
 * const agent = new Agent({ keepAlive: true, timeout: 4000, localAddress: "10.0.0.7" })
 *
 * const WeChat = HttpsTransport.layer({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(NodeTransport.layerNodeAgent(agent))
 * )
 * ```
 */
export const layerNodeAgent = (agent: HttpAgent): Layer.Layer<HttpClient.HttpClient> =>
  Layer.sync(HttpClient.HttpClient, () => makeHttpClient(make(agent, agent)))

/** One for all layers below, so that those of a program share their connections. */
const own: Layer.Layer<HttpClient.HttpClient> = /* @__PURE__ */ layerNodeClient()

/**
 * The transport for an app id and its secret (WeChat's stable token) over node:https: the quick start on Node, Bun and Deno, with nothing else to
 * provide. It is `HttpsTransport.layer` over `layerNodeClient()`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import { Effect, Redacted } from "effect"
 *
 * const program = PluginManager.getPluginList.pipe(
 *   Effect.provide(NodeTransport.layerNode({ appId: "wx…", appSecret: Redacted.make("…") }))
 * )
 * ```
 */
export const layerNode = (options: App & HttpsOptions): Layer.Layer<Transport, InvalidOptions> =>
  Layer.provide(HttpsTransport.layer(options), own)

/**
 * `layerNode` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import { Config } from "effect"
 *
 * const WeChat = NodeTransport.layerNodeConfig({
 *   appId: Config.string("WECHAT_APPID"),
 *   appSecret: Config.redacted("WECHAT_SECRET")
 * })
 * ```
 */
export const layerNodeConfig = (
  options: LayerConfig.Wrap<App & HttpsOptions>
): Layer.Layer<Transport, InvalidOptions | ConfigError> => Layer.provide(HttpsTransport.layerConfig(options), own)

/**
 * `MiniPrograms.layer` over `layerNodeClient()`: many mini programs, each with its own secret.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerNodeMiniPrograms = <R = never>(
  options: MiniPrograms.Options<R>
): Layer.Layer<MiniPrograms.MiniPrograms, InvalidOptions, R> => Layer.provide(MiniPrograms.layer(options), own)

/**
 * `layerNodeMiniPrograms` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerNodeMiniProgramsConfig = <R = never>(
  options: LayerConfig.Wrap<MiniPrograms.Options<R>>
): Layer.Layer<MiniPrograms.MiniPrograms, InvalidOptions | ConfigError, R> =>
  Layer.provide(MiniPrograms.layerConfig(options), own)

/**
 * `ThirdPartyMiniPrograms.layer` over `layerNodeClient()`: the mini programs that authorized a third-party platform.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerNodeThirdPartyMiniPrograms = <R = never>(
  options: ThirdPartyMiniPrograms.Options<R>
): Layer.Layer<ThirdPartyMiniPrograms.Services, InvalidOptions, R> =>
  Layer.provide(ThirdPartyMiniPrograms.layer(options), own)

/**
 * `layerNodeThirdPartyMiniPrograms` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerNodeThirdPartyMiniProgramsConfig = <R = never>(
  options: ThirdPartyMiniPrograms.ConfigOptions<R>
): Layer.Layer<ThirdPartyMiniPrograms.Services, InvalidOptions | ConfigError, R> =>
  Layer.provide(ThirdPartyMiniPrograms.layerConfig(options), own)
