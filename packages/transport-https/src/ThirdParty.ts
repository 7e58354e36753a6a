/**
 * A third-party platform (第三方平台), which calls in the name of the mini programs that authorized it.
 *
 * @since 0.1.0
 */
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { makeAuthorizer } from "./internal/authorizerToken.js"
import { makeComponent } from "./internal/componentToken.js"
import type { HttpExchange } from "./internal/exchange.js"
import { layerPlatformFetch } from "./internal/fetchExchange.js"
import { makeMiniPrograms, type MiniProgramsOptions } from "./internal/miniPrograms.js"
import { layerPlatform } from "./internal/platformExchange.js"
import { MiniPrograms } from "./MiniPrograms.js"

/**
 * What a platform knows of itself and of the mini programs that authorized it. A failure of `verifyTicket` or `refreshToken` is
 * the call's `WechatTransportError`, reason `credential`, which shows nothing of why.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options<R = never> extends MiniProgramsOptions {
  readonly componentAppId: string
  readonly componentAppSecret: Redacted.Redacted<string>
  /** the `component_verify_ticket` that WeChat pushed last; asked for each component token */
  readonly verifyTicket: Effect.Effect<Redacted.Redacted<string>, unknown, R>
  /** the newest `authorizer_refresh_token` of a mini program; asked for each of its tokens */
  readonly refreshToken: (appId: string) => Effect.Effect<Redacted.Redacted<string>, unknown, R>
  /**
   * Keeps a refresh token other than the one that was sent. It is done before the access token that came with it is used, cannot be
   * interrupted, and is waited for no longer than a call is.
   */
  readonly onRefreshToken: (appId: string, refreshToken: Redacted.Redacted<string>) => Effect.Effect<void, never, R>
}

const overExchange = <R>(
  options: Options<R>
): Layer.Layer<MiniPrograms | ThirdPartyPlatform, never, HttpExchange | R> =>
  Layer.merge(
    Layer.scoped(
      MiniPrograms,
      Effect.gen(function* () {
        const context = yield* Effect.context<R>()
        const platform = {
          ...options,
          verifyTicket: Effect.provide(options.verifyTicket, context),
          refreshToken: (appId: string) =>
            Effect.provide(
              Effect.suspend(() => options.refreshToken(appId)),
              context
            ),
          onRefreshToken: (appId: string, refreshToken: Redacted.Redacted<string>) =>
            Effect.provide(options.onRefreshToken(appId, refreshToken), context)
        }
        const component = yield* makeComponent(platform)
        return yield* makeMiniPrograms(options, (appId) => makeAuthorizer(platform, component, appId))
      })
    ),
    Layer.succeed(ThirdPartyPlatform, {})
  )

/**
 * The mini programs that authorized a platform, over any `HttpClient`, which they share; see `HttpsTransport.layerAccessToken` for
 * what it must not do. With `MiniPrograms.transport` an operation is performed for one of them, `updatePlugin` included.
 *
 * With a `TokenStore` its machines share the platform's token and those of the mini programs, and one of them renews each.
 *
 * **Gotchas** The ticket is pushed every ten minutes from the platform's approval on, and lives twelve hours: one that WeChat
 * does not take is a `VerifyTicketRejected`. A mini program's refresh token is shown when it authorizes the platform, and may be
 * another after it did so again; one that WeChat does not take is a `RefreshTokenRejected`, and the newest is had from
 * `/cgi-bin/component/api_get_authorizer_list`. Whether a new token ends the one before is not documented: without a
 * `TokenStore` let one process alone act for a platform. The query parameter `component_access_token` is that of WeChat's older
 * page; a newer one has `access_token`.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/component_access_token.html
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/api_authorizer_token.html
 */
export const layer = <R = never>(
  options: Options<R>
): Layer.Layer<MiniPrograms | ThirdPartyPlatform, never, HttpClient.HttpClient | R> =>
  Layer.provide(overExchange(options), layerPlatform)

/**
 * `layer` over the platform's own `fetch`, as `HttpsTransport.layerFetch` has it.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { MiniPrograms, ThirdParty } from "@effect-wechat/transport-https"
 * import { KeyValueStore } from "@effect/platform"
 * import { Config, Effect, Redacted } from "effect"
 *
 * // where the program that WeChat pushes to writes what it is told
 * const read = (key: string) =>
 *   Effect.flatMap(KeyValueStore.KeyValueStore, (store) => Effect.map(Effect.flatten(store.get(key)), Redacted.make))
 *
 * const program = Effect.gen(function* () {
 *   const Platform = ThirdParty.layerFetch({
 *     componentAppId: yield* Config.string("WECHAT_COMPONENT_APPID"),
 *     componentAppSecret: yield* Config.redacted("WECHAT_COMPONENT_SECRET"),
 *     verifyTicket: read("ticket"),
 *     refreshToken: read,
 *     onRefreshToken: (appId, refreshToken) =>
 *       Effect.flatMap(KeyValueStore.KeyValueStore, (store) =>
 *         Effect.orDie(store.set(appId, Redacted.value(refreshToken)))
 *       )
 *   })
 *   yield* PluginManager.updatePlugin({ pluginAppid: "wx5514af450eaceec2", userVersion: "2.2.46" }).pipe(
 *     Effect.provide(MiniPrograms.transport("wx1")),
 *     Effect.provide(Platform)
 *   )
 * })
 * ```
 */
export const layerFetch = <R = never>(options: Options<R>): Layer.Layer<MiniPrograms | ThirdPartyPlatform, never, R> =>
  Layer.provide(overExchange(options), layerPlatformFetch)
