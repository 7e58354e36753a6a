/**
 * WeChat over HTTPS: `POST https://api.weixin.qq.com/wxa/plugin?access_token=…`.
 *
 * @since 0.1.0
 */
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import type * as HttpClient from "@effect/platform/HttpClient"
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AccessToken } from "./AccessToken.js"
import type { App } from "./internal/credential.js"
import { type Configured, unwrap } from "./internal/configured.js"
import { layerPlatformFetch } from "./internal/fetchExchange.js"
import * as OpenInterface from "./internal/openInterface.js"
import type { Options } from "./internal/options.js"
import { layerPlatform } from "./internal/platformExchange.js"
import { makeStable } from "./internal/stableToken.js"
import { attributesOf, makeTransport } from "./internal/transport.js"

export type { App } from "./internal/credential.js"
export type { Options } from "./internal/options.js"

const makeOpenInterface = Effect.fnUntraced(function* (options: Options) {
  const client = yield* OpenInterface.make(options)
  return Transport.of({ call: client.call, attributes: attributesOf(client.server) })
})

const overOpenInterface = (options: Options) => Layer.effect(Transport, makeOpenInterface(options))

const overAccessToken = (options: Options) => Layer.effect(Transport, makeTransport(options))

const overStableToken = (options: App & Options) =>
  Layer.provide(overAccessToken(options), Layer.scoped(AccessToken, makeStable(options)))

/**
 * The transport with whatever credential `AccessToken` provides, over any `HttpClient`.
 *
 * **Gotchas** That a redirect is not followed is the duty of the `HttpClient`: those of `@effect/platform-node` follow none,
 * `FetchHttpClient.layer` follows them unless its `RequestInit` says `redirect: "manual"`, as `layerFetch` does.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerAccessToken = (
  options: Options = {}
): Layer.Layer<Transport, never, AccessToken | HttpClient.HttpClient> =>
  Layer.provide(overAccessToken(options), layerPlatform)

/**
 * The transport of a container in WeChat cloud run (微信云托管) whose open-interface service (开放接口服务) is on: no token, plain
 * `http://api.weixin.qq.com`, which the platform carries itself. A reply without the header `x-openapi-seqid` did not come
 * through the service, and is a `WechatTransportError`, reason `credential`. While the service is not ready (85107, after the
 * container's start) the call waits, up to its deadline.
 *
 * **Gotchas** The path (`/wxa/plugin`) has to be listed in the console, else the service answers HTTP 502; users report 85107 for that
 * as well, then every call waits until its deadline. The service comes with a version that is deployed after it was turned on,
 * and some time after the container's start: WeChat advises against calls in start-up, which may go past it.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/guide/weixin/open.html
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Layer } from "effect"
 *
 * const WeChat = HttpsTransport.layerOpenInterface().pipe(Layer.provide(FetchHttpClient.layer))
 * ```
 */
export const layerOpenInterface = (options: Options = {}): Layer.Layer<Transport, never, HttpClient.HttpClient> =>
  Layer.provide(overOpenInterface(options), layerPlatform)

/**
 * `layerOpenInterface` over the platform's own `fetch`, as `layerFetch` is, nothing else to provide.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerOpenInterfaceFetch = (options: Options = {}): Layer.Layer<Transport> =>
  Layer.provide(overOpenInterface(options), layerPlatformFetch)

/**
 * The transport for an app id and its secret (WeChat's stable token), over any `HttpClient`; see `layerAccessToken` for
 * what it must not do.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import { NodeHttpClient } from "@effect/platform-node"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layer({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(NodeHttpClient.layerUndici)
 * )
 * ```
 */
export const layer = (options: App & Options): Layer.Layer<Transport, never, HttpClient.HttpClient> =>
  Layer.provide(overStableToken(options), layerPlatform)

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
 *   appSecret: Config.redacted("WECHAT_SECRET")
 * })
 * ```
 */
export const layerConfig = (
  options: Configured<App & Options>
): Layer.Layer<Transport, ConfigError, HttpClient.HttpClient> => Layer.unwrapEffect(Effect.map(unwrap(options), layer))

/**
 * The quick start: `layer` over the platform's own `fetch`, nothing else to provide. With a `FetchHttpClient.RequestInit`
 * it sends what that says, but for `redirect`; with a `FetchHttpClient.Fetch` it goes over that one. Both may be provided
 * to the layer, or to a call.
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
export const layerFetch = (options: App & Options): Layer.Layer<Transport> =>
  Layer.provide(overStableToken(options), layerPlatformFetch)

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
export const layerFetchConfig = (options: Configured<App & Options>): Layer.Layer<Transport, ConfigError> =>
  Layer.unwrapEffect(Effect.map(unwrap(options), layerFetch))
