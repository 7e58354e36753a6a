/**
 * WeChat over HTTPS: `POST https://api.weixin.qq.com/wxa/plugin?access_token=…`.
 *
 * @since 0.1.0
 */
import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { CredentialRejected, WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import { type Call, type Reply, Transport } from "@effect-wechat/plugin-manager/Transport"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { AccessToken, layerStable } from "./AccessToken.js"
import * as Client from "./internal/client.js"
import type { App, Credential } from "./internal/credential.js"
import { type Configured, unwrap } from "./internal/configured.js"
import { defaults, type Options } from "./internal/options.js"

export type { App } from "./internal/credential.js"
export type { Options } from "./internal/options.js"

const isRejected = ({ errcode }: Reply) => CredentialRejected.codes.some((code) => code === errcode)

const make = Effect.fnUntraced(function* (options: Options) {
  const accessToken = yield* AccessToken
  const client = yield* Client.make(options)
  const timeout = options.timeout ?? defaults.timeout
  const withDeadline = yield* Deadline.make(timeout)

  const post = ({ api, body, path }: Call, credential: Credential) =>
    client.post({ api, endpoint: "api", path, credential, body, secrets: [credential.value] })

  /** Once, with a new credential if there is one. */
  const repeat = (call: Call, first: Credential, reply: Reply) =>
    accessToken.invalidate(first).pipe(
      Effect.zipRight(accessToken.get),
      Effect.flatMap((second) =>
        Redacted.value(second.value) === Redacted.value(first.value) ? Effect.succeed(reply) : post(call, second)
      )
    )

  const attempt = (call: Call) =>
    Effect.flatMap(accessToken.get, (first) =>
      Effect.flatMap(post(call, first), (reply) =>
        isRejected(reply) ? repeat(call, first, reply) : Effect.succeed(reply)
      )
    )

  const server = {
    "wechat.transport": "https",
    "server.address": client.server.hostname,
    ...(client.server.port === "" ? {} : { "server.port": Number(client.server.port) })
  }

  const call = (call: Call) =>
    Effect.zipRight(
      Effect.annotateCurrentSpan({ ...server, "url.path": call.path }),
      withDeadline(
        Effect.catchTag(attempt(call), "TokenRefused", ({ reply }) => Effect.succeed(reply)),
        () =>
          new WechatTransportError({
            api: call.api,
            reason: "timeout",
            description: `POST ${call.path}: no reply within ${Duration.format(Duration.decode(timeout))}`,
            isRetryable: true
          })
      )
    )

  return { call }
})

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
): Layer.Layer<Transport, never, AccessToken | HttpClient.HttpClient> => Layer.scoped(Transport, make(options))

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
  Layer.provide(layerAccessToken(options), layerStable(options))

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

/** Fetch that follows no redirect, whatever else the RequestInit of the layer or of the call says. */
const fetchClient = Layer.effect(
  HttpClient.HttpClient,
  Effect.gen(function* () {
    const ofLayer = Option.getOrUndefined(yield* Effect.serviceOption(FetchHttpClient.RequestInit))
    return HttpClient.transformResponse(
      yield* HttpClient.HttpClient,
      Effect.mapInputContext((context: Context.Context<never>) => {
        const ofCall = Option.getOrUndefined(Context.getOption(context, FetchHttpClient.RequestInit))
        return Context.add(context, FetchHttpClient.RequestInit, { ...ofLayer, ...ofCall, redirect: "manual" })
      })
    )
  })
).pipe(Layer.provide(FetchHttpClient.layer))

/**
 * The quick start: `layer` over the platform's own `fetch`, nothing else to provide. A `FetchHttpClient.RequestInit` in the
 * context is kept, but for `redirect`.
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
 */
export const layerFetch = (options: App & Options): Layer.Layer<Transport> => Layer.provide(layer(options), fetchClient)

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
  Layer.provide(layerConfig(options), fetchClient)
