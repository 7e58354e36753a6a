/**
 * The credential of the HTTPS transport.
 *
 * @since 0.1.0
 */
import { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { type Central, makeCentral } from "./internal/centralToken.js"
import type { App, Credential, TokenRefused } from "./internal/credential.js"
import type { Options } from "./internal/options.js"
import { layerPlatform } from "./internal/platformExchange.js"
import { makePlain } from "./internal/plainToken.js"
import { makeStable } from "./internal/stableToken.js"

export type { Central } from "./internal/centralToken.js"
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
 * The token that a service of yours hands out to all your programs: one place has the app secret and asks WeChat. It gets
 * `POST url` with `{"appid"}`, and with `{"appid", "rejected"}` when WeChat rejected a token of its, and answers as WeChat
 * does: `{"access_token", "expires_in"}`, or `{"errcode", "errmsg"}`, which becomes the error of that errcode. `examples/central-token`
 * has such a service.
 *
 * **Gotchas** `expires_in` is how long programs go on with the token without asking again. WeChat takes a token for some minutes
 * beside its successor, so that a service which renews in time answers with one or two minutes, whatever WeChat told it.
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
 *       appId: "wx…",
 *       url: new URL("https://tokens.example.com/wechat"),
 *       authorization: Redacted.make("Bearer …")
 *     })
 *   ),
 *   Layer.provide(FetchHttpClient.layer)
 * )
 * ```
 */
export const layerCentral = (options: Central): Layer.Layer<AccessToken, never, HttpClient.HttpClient> =>
  Layer.provide(Layer.scoped(AccessToken, makeCentral(options)), layerPlatform)

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
    Effect.map(Effect.context<R>(), (context) => ({
      get: (Redacted.isRedacted(token) ? Effect.succeed(token) : Effect.provide(token, context)).pipe(
        Effect.mapBoth({
          onSuccess: (value) => ({ parameter: "cloudbase_access_token" as const, value }),
          onFailure: () =>
            new WechatTransportError({
              api: "cloudbase_access_token",
              reason: "credential",
              description:
                "the cloudbase_access_token cannot be read: run inside WeChat cloud run, or use another credential",
              isRetryable: false
            })
        })
      ),
      invalidate: () => Effect.void
    }))
  )
