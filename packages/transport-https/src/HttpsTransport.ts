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
import { type Configured, unwrap } from "./internal/configured.js"
import type { App } from "./internal/credential.js"
import { layerPlatformFetch } from "./internal/fetchExchange.js"
import type { Options } from "./internal/options.js"
import { layerPlatform } from "./internal/platformExchange.js"
import { makeStable } from "./internal/stableToken.js"
import { makeTransport } from "./internal/transport.js"

export type { App } from "./internal/credential.js"
export type { Options } from "./internal/options.js"

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
