/**
 * The credential of the HTTPS transport, and where it comes from.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as HttpClient from "@effect/platform/HttpClient"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { App, Credential, CredentialProvider } from "./Credential.js"
import { checkText, type InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { HttpsOptions } from "./HttpsOptions.js"
import { layerHttpClient } from "./internal/http/platformExchange.js"
import { checkApp, parseUrl } from "./internal/http/settings.js"
import { callback } from "./internal/tokens/callback.js"
import * as TokenContext from "./internal/tokens/context.js"
import { makeCentral } from "./internal/tokens/sources/central.js"
import * as Cloudbase from "./internal/tokens/sources/cloudbase.js"
import { makePlain } from "./internal/tokens/sources/plain.js"
import { makeStable } from "./internal/tokens/sources/stable.js"

/**
 * Provides the credential of each call, and is told when WeChat rejects it.
 *
 * @since 0.1.0
 * @category tags
 */
export class AccessToken extends Context.Tag("@effect-wechat/transport-https/AccessToken")<
  AccessToken,
  CredentialProvider
>() {}

/**
 * WeChat's stable token (`/cgi-bin/stable_token`). It is renewed in its last minutes, while calls go on with the old one. However
 * many callers wait, one request is made, and the interruption of a caller does not stop it. With a `TokenStore` the token is shared.
 *
 * After a failure the endpoint is left alone for a while, which grows with each failure; calls fail with the remembered error meanwhile.
 *
 * **Gotchas** The stable token and the token of `/cgi-bin/token` are separate: renewing one does not affect the other. If
 * WeChat rejects a token that it still hands out, a new one is forced, at most every 30 seconds and 20 times a day (WeChat's limits).
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
 */
export const layerStable = (
  options: App & HttpsOptions
): Layer.Layer<AccessToken, InvalidOptions, HttpClient.HttpClient> =>
  Layer.scoped(
    AccessToken,
    Effect.zipRight(
      checkApp(options),
      Effect.map(TokenContext.make(options), (context) =>
        makeStable(context, options.appId, Effect.succeed(options.appSecret))
      )
    )
  ).pipe(Layer.provide(layerHttpClient))

/**
 * `layerStable` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerStableConfig = (
  options: LayerConfig.Wrap<App & HttpsOptions>
): Layer.Layer<AccessToken, InvalidOptions | ConfigError, HttpClient.HttpClient> =>
  LayerConfig.make(options, layerStable)

/**
 * The token of `/cgi-bin/token`.
 *
 * **When to use** for an app whose other programs use this token. Prefer `layerStable` otherwise.
 *
 * **Gotchas** Each request ends the previous token five minutes later, so programs that do not share a `TokenStore` end each other's tokens.
 * 2000 requests a day.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getAccessToken.html
 */
export const layerPlain = (
  options: App & HttpsOptions
): Layer.Layer<AccessToken, InvalidOptions, HttpClient.HttpClient> =>
  Layer.scoped(
    AccessToken,
    Effect.zipRight(
      checkApp(options),
      Effect.map(TokenContext.make(options), (context) => makePlain(context, options))
    )
  ).pipe(Layer.provide(layerHttpClient))

/**
 * `layerPlain` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerPlainConfig = (
  options: LayerConfig.Wrap<App & HttpsOptions>
): Layer.Layer<AccessToken, InvalidOptions | ConfigError, HttpClient.HttpClient> =>
  LayerConfig.make(options, layerPlain)

/**
 * A token that you already have.
 *
 * @since 0.1.0
 * @category models
 */
export interface StaticOptions {
  readonly accessToken: Redacted.Redacted<string>
}

/**
 * An access token that you already have. Once WeChat rejects it, calls fail with `CredentialRejected`.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerStatic = ({ accessToken }: StaticOptions): Layer.Layer<AccessToken, InvalidOptions> =>
  Layer.effect(
    AccessToken,
    Effect.map(checkText("accessToken", Redacted.value(accessToken)), (): CredentialProvider => {
      const credential: Credential = { parameter: "access_token", value: accessToken }
      return { get: Effect.succeed(credential), cached: () => credential, invalidate: () => Effect.void }
    })
  )

/**
 * `layerStatic` with its token from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerStaticConfig = (
  options: LayerConfig.Wrap<StaticOptions>
): Layer.Layer<AccessToken, InvalidOptions | ConfigError> => LayerConfig.make(options, layerStatic)

/**
 * An authorizer_access_token that you already have: a third-party platform got it for a mini program that authorized the platform. It is
 * sent as `access_token`, and allows `updatePlugin`. Once WeChat rejects it, calls fail with `CredentialRejected`.
 *
 * **Gotchas** It lives two hours. With any other token WeChat answers 89256 to `updatePlugin`; this layer cannot check that.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/api_authorizer_token.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import { Effect, Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provideMerge(AccessToken.layerAuthorizer({ accessToken: Redacted.make("the authorizer_access_token") })),
 *   Layer.provide(HttpsTransport.layerFetchClient)
 * )
 *
 * const program = PluginManager.updatePlugin({ pluginAppid: "wx5514af450eaceec2", userVersion: "2.2.46" }).pipe(
 *   Effect.provide(WeChat)
 * )
 * ```
 */
export const layerAuthorizer = (
  options: StaticOptions
): Layer.Layer<AccessToken | ThirdPartyPlatform, InvalidOptions> =>
  Layer.merge(layerStatic(options), Layer.succeed(ThirdPartyPlatform, {}))

/**
 * `layerAuthorizer` with its token from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerAuthorizerConfig = (
  options: LayerConfig.Wrap<StaticOptions>
): Layer.Layer<AccessToken | ThirdPartyPlatform, InvalidOptions | ConfigError> =>
  LayerConfig.make(options, layerAuthorizer)

/**
 * @since 0.1.0
 * @category models
 */
export interface CloudbaseOptions<R = never> {
  /** the token, or how to read it */
  readonly token: Redacted.Redacted<string> | Effect.Effect<Redacted.Redacted<string>, unknown, R>
}

/**
 * A `cloudbase_access_token`, which WeChat cloud run gives to a container. An Effect is run for every call, and once more when WeChat
 * rejects the token; if it fails, the call fails with `WechatTransportError`, reason `credential`.
 *
 * **When to use** to read the token in your own way. `layerCloudbaseHeader` and `layerCloudbaseFile` read it where cloud run puts it.
 *
 * **Gotchas** It lives 30 minutes, and a new one comes every 10: give an Effect unless the program is short-lived.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerCloudbase = <R = never>({ token }: CloudbaseOptions<R>): Layer.Layer<AccessToken, never, R> =>
  Layer.effect(
    AccessToken,
    Effect.map(Effect.context<R>(), (context) =>
      Cloudbase.make(
        Redacted.isRedacted(token)
          ? Effect.succeed(token)
          : callback(() => Effect.provide(token, context), Cloudbase.unreadable)
      )
    )
  )

/**
 * The `cloudbase_access_token` of the request that the program is answering: the header `X-WX-CLOUDBASE-ACCESS-TOKEN` of the
 * `HttpServerRequest` in the context of the calling fiber. Without one, the call fails with `WechatTransportError`, reason `credential`.
 *
 * **Gotchas** A server of `@effect/platform` (Effect 3) writes the headers of a request into its span. This layer keeps the token out if
 * it is provided to the server, as in the example; provided to a route, it comes too late.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import { HttpServer, HttpServerResponse } from "@effect/platform"
 * import { Effect, Layer } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provide([AccessToken.layerCloudbaseHeader(), HttpsTransport.layerFetchClient])
 * )
 *
 * const plugins = Effect.flatMap(PluginManager.getPluginList, (plugins) => HttpServerResponse.json(plugins))
 *
 * const app = HttpServer.serve(plugins).pipe(Layer.provide(WeChat))
 * ```
 */
export const layerCloudbaseHeader = (): Layer.Layer<AccessToken> =>
  Layer.merge(
    Layer.sync(AccessToken, () => Cloudbase.make(Cloudbase.ofRequest())),
    Cloudbase.layerRedactedHeader()
  )

/**
 * @since 0.1.0
 * @category models
 */
export interface CloudbaseFileOptions {
  /** `/.tencentcloudbase/wx/cloudbase_access_token` by default */
  readonly path?: string | undefined
  /** how long a call waits for the first token; 5 seconds by default */
  readonly patience?: Duration.DurationInput | undefined
}

/**
 * The `cloudbase_access_token` that WeChat cloud run keeps in a file of the container. The file is read for every call, since it
 * changes every ten minutes. While it has no token yet, the call waits for `patience` and then
 * fails with `WechatTransportError`, reason `credential`.
 *
 * **Gotchas** WeChat does not document what is in the file before the first token. A text that is shorter than 20 characters, or has spaces or
 * brackets, does not count as a token.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerCloudbaseFile = ({
  path = "/.tencentcloudbase/wx/cloudbase_access_token",
  patience = "5 seconds"
}: CloudbaseFileOptions = {}): Layer.Layer<AccessToken, never, FileSystem.FileSystem> =>
  Layer.effect(AccessToken, Effect.map(Cloudbase.ofFile(path, Duration.decode(patience)), Cloudbase.make))

/**
 * `layerCloudbaseFile` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerCloudbaseFileConfig = (
  options: LayerConfig.Wrap<CloudbaseFileOptions>
): Layer.Layer<AccessToken, ConfigError, FileSystem.FileSystem> => LayerConfig.make(options, layerCloudbaseFile)

/**
 * @since 0.1.0
 * @category models
 */
export interface CentralOptions extends Omit<HttpsOptions, "baseUrl"> {
  /** where the service is called */
  readonly url: string | URL
  readonly appId: string
  /** the request's header `authorization`, such as `Bearer …` */
  readonly authorization?: Redacted.Redacted<string> | undefined
}

/**
 * A token from your own service that hands out one token to all of your programs (中控服务器). It is called by
 * `POST url` with `{ "appid": "wx…" }`, and also `"rejected"`, the token that WeChat has just rejected, so that it hands out another
 * one. It answers as WeChat does: `{ "access_token": "…", "expires_in": 7200 }`, or `{ "errcode": …, "errmsg": "…" }`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provide(
 *     AccessToken.layerCentral({
 *       url: "https://tokens.example.com/wechat",
 *       appId: "wx0123456789abcdef",
 *       authorization: Redacted.make("Bearer …")
 *     })
 *   ),
 *   Layer.provide(HttpsTransport.layerFetchClient)
 * )
 * ```
 */
export const layerCentral = ({
  appId,
  authorization,
  url,
  ...options
}: CentralOptions): Layer.Layer<AccessToken, InvalidOptions, HttpClient.HttpClient> =>
  Layer.scoped(
    AccessToken,
    Effect.gen(function* () {
      yield* checkText("appId", appId)
      const service = yield* parseUrl("url", url)
      const context = yield* TokenContext.make({ ...options, baseUrl: service.origin })
      return makeCentral(context, appId, service, authorization)
    })
  ).pipe(Layer.provide(layerHttpClient))

/**
 * `layerCentral` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerCentralConfig = (
  options: LayerConfig.Wrap<CentralOptions>
): Layer.Layer<AccessToken, InvalidOptions | ConfigError, HttpClient.HttpClient> =>
  LayerConfig.make(options, layerCentral)
