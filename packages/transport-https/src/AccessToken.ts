/**
 * The credential of the HTTPS transport.
 *
 * @since 0.1.0
 */
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import type * as FileSystem from "@effect/platform/FileSystem"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { type CentralOptions, makeCentral } from "./internal/centralToken.js"
import * as Cloudbase from "./internal/cloudbase.js"
import type { App, Credential, TokenRefused } from "./internal/credential.js"
import type { Options } from "./internal/options.js"
import { layerPlatform } from "./internal/platformExchange.js"
import { makePlain } from "./internal/plainToken.js"
import { makeStable } from "./internal/stableToken.js"

export type { CentralOptions } from "./internal/centralToken.js"
export { type App, type Credential, TokenRefused } from "./internal/credential.js"

/**
 * What the HTTPS transport asks for a token, and tells when WeChat rejected one.
 *
 * @since 0.1.0
 * @category tags
 */
export class AccessToken extends Context.Tag("@effect-wechat/transport-https/AccessToken")<
  AccessToken,
  AccessToken.Service
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace AccessToken {
  /**
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    readonly get: Effect.Effect<Credential, TokenRefused | WechatTransportError>
    /** What `get` would answer at once, if anything: a call that has it needs no fiber to wait for `get` with a deadline. */
    readonly cached?: () => Credential | undefined
    /** Does nothing when a newer one than the rejected is already there. */
    readonly invalidate: (rejected: Credential) => Effect.Effect<void>
  }
}

/**
 * WeChat's stable token (`/cgi-bin/stable_token`), renewed in its last minutes while calls go on with the old one. However
 * many callers wait, one request is made, and the interruption of a caller does not touch it. With a `TokenStore` it is shared.
 *
 * **Gotchas** The stable token and the one of `/cgi-bin/token` are separate: renewing one leaves the other alone. When
 * WeChat rejects a token that it still hands out, a new one is forced, at most every 30 seconds (WeChat's limit; 20 a day).
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
 */
export const layerStable = (options: App & Options): Layer.Layer<AccessToken, never, HttpClient.HttpClient> =>
  Layer.provide(Layer.scoped(AccessToken, makeStable(options)), layerPlatform)

/**
 * The token of `/cgi-bin/token`, for an app whose other programs use that one. Prefer `layerStable`.
 *
 * **Gotchas** Each fetch of it ends the token before, five minutes later: programs that do not share a `TokenStore` renew it in
 * turns. 2000 fetches a day.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getAccessToken.html
 */
export const layerPlain = (options: App & Options): Layer.Layer<AccessToken, never, HttpClient.HttpClient> =>
  Layer.provide(Layer.scoped(AccessToken, makePlain(options)), layerPlatform)

/**
 * An access token from elsewhere. Once WeChat rejects it, calls fail with `CredentialRejected`.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerStatic = (accessToken: Redacted.Redacted<string>): Layer.Layer<AccessToken> => {
  const credential: Credential = { parameter: "access_token", value: accessToken }
  return Layer.succeed(AccessToken, {
    get: Effect.succeed(credential),
    cached: () => credential,
    invalidate: () => Effect.void
  })
}

/**
 * An authorizer_access_token from elsewhere: what a third-party platform was given for a mini program that authorized it. It is
 * sent as `access_token`, and with it `updatePlugin` may be called. Once WeChat rejects it, calls fail with `CredentialRejected`.
 *
 * **Gotchas** It lives two hours. WeChat answers 89256 to `updatePlugin` with any other token, which cannot be seen here.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/api_authorizer_token.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Effect, Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provideMerge(AccessToken.layerAuthorizer(Redacted.make("the authorizer_access_token"))),
 *   Layer.provide(FetchHttpClient.layer)
 * )
 *
 * const program = PluginManager.updatePlugin({ pluginAppid: "wx5514af450eaceec2", userVersion: "2.2.46" }).pipe(
 *   Effect.provide(WeChat)
 * )
 * ```
 */
export const layerAuthorizer = (
  accessToken: Redacted.Redacted<string>
): Layer.Layer<AccessToken | ThirdPartyPlatform> =>
  Layer.merge(layerStatic(accessToken), Layer.succeed(ThirdPartyPlatform, {}))

/**
 * A `cloudbase_access_token`, as WeChat cloud run hands to a container (header `X-WX-CLOUDBASE-ACCESS-TOKEN`, or the
 * file `/.tencentcloudbase/wx/cloudbase_access_token`). Given as an Effect it is read again for every call, and once more
 * when WeChat rejects it; a failure to read it is the call's `WechatTransportError`, reason `credential`.
 *
 * **Gotchas** It lives 30 minutes and a new one comes every 10: give an Effect unless the program is short-lived.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerCloudbase = <E = never, R = never>(
  token: Redacted.Redacted<string> | Effect.Effect<Redacted.Redacted<string>, E, R>
): Layer.Layer<AccessToken, never, R> =>
  Layer.effect(
    AccessToken,
    Effect.map(Effect.context<R>(), (context) =>
      Cloudbase.make(
        Redacted.isRedacted(token)
          ? Effect.succeed(token)
          : Effect.mapError(Effect.provide(token, context), Cloudbase.unreadable)
      )
    )
  )

/**
 * The `cloudbase_access_token` of the request that the program is answering: the header `X-WX-CLOUDBASE-ACCESS-TOKEN`, by the
 * `HttpServerRequest` of `@effect/platform` that the calling fiber has. Without one a call fails with `WechatTransportError`,
 * reason `credential`.
 *
 * **Gotchas** A server of `@effect/platform` writes the headers of a request into its span. This layer keeps the token out of it where
 * it is provided to the server, as here; provided to a route alone it comes too late.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import { FetchHttpClient, HttpRouter, HttpServer, HttpServerResponse } from "@effect/platform"
 * import { Effect, Layer } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provide([AccessToken.layerCloudbaseHeader(), FetchHttpClient.layer])
 * )
 *
 * const router = HttpRouter.empty.pipe(
 *   HttpRouter.get("/plugins", Effect.flatMap(PluginManager.getPluginList, (plugins) => HttpServerResponse.json(plugins)))
 * )
 *
 * const app = HttpServer.serve(router).pipe(Layer.provide(WeChat))
 * ```
 */
export const layerCloudbaseHeader = (): Layer.Layer<AccessToken> =>
  Layer.merge(
    Layer.sync(AccessToken, () => Cloudbase.make(Cloudbase.ofRequest())),
    Cloudbase.layerRedactedHeader()
  )

/**
 * The `cloudbase_access_token` that WeChat cloud run keeps in a file of the container. The file is read for every call, since it
 * changes every ten minutes; while there is no token in it yet, the call waits, `patience` long (5 seconds by default), and then
 * fails with `WechatTransportError`, reason `credential`.
 *
 * **Gotchas** What the file has before the first token is not documented: whatever is shorter than 20 characters, or has spaces or
 * brackets in it, is taken for that.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerCloudbaseFile = ({
  path = "/.tencentcloudbase/wx/cloudbase_access_token",
  patience = "5 seconds"
}: {
  readonly path?: string
  readonly patience?: Duration.DurationInput
} = {}): Layer.Layer<AccessToken, never, FileSystem.FileSystem> =>
  Layer.effect(AccessToken, Effect.map(Cloudbase.ofFile(path, Duration.decode(patience)), Cloudbase.make))

/**
 * A token from a service of yours that hands out one token to all of your programs (中控服务器). It is asked by
 * `POST url` with `{ "appid": "wx…" }`, and also `"rejected"`, the token that WeChat has just rejected, so that it hands out another
 * one. It answers as WeChat does: `{ "access_token": "…", "expires_in": 7200 }`, or `{ "errcode": …, "errmsg": "…" }`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerAccessToken().pipe(
 *   Layer.provide(
 *     AccessToken.layerCentral({
 *       url: new URL("https://tokens.example.com/wechat"),
 *       appId: "wx0123456789abcdef",
 *       authorization: Redacted.make("Bearer …")
 *     })
 *   ),
 *   Layer.provide(FetchHttpClient.layer)
 * )
 * ```
 */
export const layerCentral = (options: CentralOptions): Layer.Layer<AccessToken, never, HttpClient.HttpClient> =>
  Layer.provide(Layer.scoped(AccessToken, makeCentral(options)), layerPlatform)
