/**
 * WeChat over HTTPS: `POST https://api.weixin.qq.com/wxa/plugin?access_token=…`.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as HttpClient from "@effect/platform/HttpClient"
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { AccessToken } from "./AccessToken.js"
import type { App } from "./Credential.js"
import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { HttpsOptions } from "./HttpsOptions.js"
import * as Client from "./internal/http/client.js"
import { layerFetch as layerExchangeFetch } from "./internal/http/fetchExchange.js"
import { makeFetchClient } from "./internal/http/fetchClient.js"
import { layerHttpClient } from "./internal/http/platformExchange.js"
import { checkApp } from "./internal/http/settings.js"
import { makeOpenInterface } from "./internal/openInterface.js"
import * as TokenContext from "./internal/tokens/context.js"
import { makeStable } from "./internal/tokens/sources/stable.js"
import { makeTransport } from "./internal/transport.js"
import { RequestSigning } from "./RequestSigning.js"

const signed = (client: Client.Client) =>
  Effect.map(Effect.serviceOption(RequestSigning), (signing) =>
    Option.isSome(signing) ? client.around(signing.value.around) : client
  )

const overAccessToken = (options: HttpsOptions) =>
  Layer.effect(
    Transport,
    Effect.gen(function* () {
      const client = yield* Client.make(options)
      return makeTransport(yield* signed(client), yield* AccessToken)
    })
  )

const overStableToken = (options: App & HttpsOptions) =>
  Layer.scoped(
    Transport,
    Effect.gen(function* () {
      yield* checkApp(options)
      const context = yield* TokenContext.make(options)
      const keeper = makeStable(context, options.appId, Effect.succeed(options.appSecret))
      return makeTransport(yield* signed(context.client), keeper)
    })
  )

/**
 * The runtime's own `fetch` as an `HttpClient` that follows no redirects. It is what `layerFetch` uses; provide it to the layers that require an
 * `HttpClient`.
 *
 * **When to use** instead of `FetchHttpClient.layer`, which follows redirects, so that a redirect takes the token to another host.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provide(AccessToken.layerStatic({ accessToken: Redacted.make("…") })),
 *   Layer.provide(HttpsTransport.layerFetchClient)
 * )
 * ```
 */
export const layerFetchClient: Layer.Layer<HttpClient.HttpClient> = /* @__PURE__ */ Layer.effect(
  HttpClient.HttpClient,
  makeFetchClient
)

/**
 * The transport with the credential that `AccessToken` provides, over any `HttpClient`.
 *
 * **Gotchas** A redirect is refused, whichever client is provided. A client that follows redirects by itself, such as
 * `HttpClient.followRedirects`, has sent the token to the other host by then: do not give it such a client.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerAccessToken = (
  options: HttpsOptions = {}
): Layer.Layer<Transport, InvalidOptions, AccessToken | HttpClient.HttpClient> =>
  Layer.provide(overAccessToken(options), layerHttpClient)

/**
 * `layerAccessToken` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerAccessTokenConfig = (
  options: LayerConfig.Wrap<HttpsOptions>
): Layer.Layer<Transport, InvalidOptions | ConfigError, AccessToken | HttpClient.HttpClient> =>
  LayerConfig.make(options, layerAccessToken)

/**
 * The transport of a container in WeChat cloud run (微信云托管) whose open-interface service (开放接口服务) is on. It needs no token and calls plain
 * `http://api.weixin.qq.com`, which the cloud carries to WeChat. A reply without the header `x-openapi-seqid` did not come
 * through the service, and is a `WechatTransportError`, reason `credential`. While the service is not ready (85107, after the
 * container's start) the call waits, up to its deadline.
 *
 * **Gotchas**
 * - The path (`/wxa/plugin`) must be listed in the console, or the service answers HTTP 502. Users report 85107 for that as well; then every
 *   call waits until its deadline.
 * - The service starts with the first version that is deployed after it was turned on, and some time after the container's start. WeChat
 *   advises against calls during start-up, which may bypass it.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/guide/weixin/open.html
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import { Layer } from "effect"
 *
 * const WeChat = HttpsTransport.layerOpenInterface().pipe(Layer.provide(HttpsTransport.layerFetchClient))
 * ```
 */
export const layerOpenInterface = (
  options: HttpsOptions = {}
): Layer.Layer<Transport, InvalidOptions, HttpClient.HttpClient> =>
  Layer.effect(
    Transport,
    Effect.map(Client.make({ ...options, baseUrl: options.baseUrl ?? "http://api.weixin.qq.com" }), makeOpenInterface)
  ).pipe(Layer.provide(layerHttpClient))

/**
 * `layerOpenInterface` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerOpenInterfaceConfig = (
  options: LayerConfig.Wrap<HttpsOptions>
): Layer.Layer<Transport, InvalidOptions | ConfigError, HttpClient.HttpClient> =>
  LayerConfig.make(options, layerOpenInterface)

/**
 * The transport for an app id and its secret (WeChat's stable token), over any `HttpClient`. It refuses redirects, as `layerAccessToken` does.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layer({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(NodeTransport.layerNodeClient())
 * )
 * ```
 */
export const layer = (options: App & HttpsOptions): Layer.Layer<Transport, InvalidOptions, HttpClient.HttpClient> =>
  Layer.provide(overStableToken(options), layerHttpClient)

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import { Config } from "effect"
 *
 * const WeChat = HttpsTransport.layerConfig({
 *   appId: Config.string("WECHAT_APPID"),
 *   appSecret: Config.redacted("WECHAT_SECRET"),
 *   timeout: "5 seconds"
 * })
 * ```
 */
export const layerConfig = (
  options: LayerConfig.Wrap<App & HttpsOptions>
): Layer.Layer<Transport, InvalidOptions | ConfigError, HttpClient.HttpClient> => LayerConfig.make(options, layer)

/**
 * The transport for an app id and its secret over the runtime's own `fetch`, with nothing else to provide. A
 * `FetchHttpClient.RequestInit` (except its `redirect`) and a `FetchHttpClient.Fetch` are used if they are provided, to the layer or to a
 * call. At most 64 requests to a host run at once; further calls wait, and their deadline runs meanwhile.
 *
 * **When to use** in browsers and on edge runtimes, or with a `fetch` of your own. On Node, a call over `NodeTransport.layerNode` costs a fraction of
 * the CPU time.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import { Effect, Redacted } from "effect"
 *
 * const program = PluginManager.getPluginList.pipe(
 *   Effect.provide(HttpsTransport.layerFetch({ appId: "wx…", appSecret: Redacted.make("…") }))
 * )
 * ```
 *
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerFetch({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(Layer.succeed(FetchHttpClient.RequestInit, { headers: { "user-agent": "my-shop/1.0" } })),
 *   Layer.provide(Layer.succeed(FetchHttpClient.Fetch, (url, init) => globalThis.fetch(url, init)))
 * )
 * ```
 */
export const layerFetch = (options: App & HttpsOptions): Layer.Layer<Transport, InvalidOptions> =>
  Layer.provide(overStableToken(options), layerExchangeFetch)

/**
 * `layerFetch` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import { Config } from "effect"
 *
 * const WeChat = HttpsTransport.layerFetchConfig({
 *   appId: Config.string("WECHAT_APPID"),
 *   appSecret: Config.redacted("WECHAT_SECRET")
 * })
 * ```
 */
export const layerFetchConfig = (
  options: LayerConfig.Wrap<App & HttpsOptions>
): Layer.Layer<Transport, InvalidOptions | ConfigError> => LayerConfig.make(options, layerFetch)
