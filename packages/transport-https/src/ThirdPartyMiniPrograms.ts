/**
 * A third-party platform (第三方平台), which calls for the mini programs that authorized it.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import { ThirdPartyPlatform } from "@effect-wechat/plugin-manager/ThirdPartyPlatform"
import type * as HttpClient from "@effect/platform/HttpClient"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { checkText, type InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import { Authorizers } from "./Authorizers.js"
import { makeAuthorizers } from "./internal/authorizers.js"
import type { HttpExchange } from "./internal/http/exchange.js"
import { layerFetch as layerExchangeFetch } from "./internal/http/fetchExchange.js"
import { layerHttpClient } from "./internal/http/platformExchange.js"
import { makeMiniPrograms } from "./internal/miniPrograms.js"
import { callback } from "./internal/tokens/callback.js"
import * as TokenContext from "./internal/tokens/context.js"
import { makeAuthorizer, route as authorizerRoute } from "./internal/tokens/sources/authorizer.js"
import { makeComponent, route as componentRoute } from "./internal/tokens/sources/component.js"
import * as RefreshTokens from "./internal/tokens/sources/refreshTokens.js"
import { makeTransport } from "./internal/transport.js"
import { MiniPrograms, type MiniProgramsOptions } from "./MiniPrograms.js"

/**
 * The secrets of a platform, and those of the mini programs that authorized it. If `verifyTicket` or `refreshToken` fails, the call
 * fails with `WechatTransportError`, reason `credential`, which shows nothing of the cause except the name of a missing variable.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options<R = never> extends MiniProgramsOptions {
  readonly componentAppId: string
  readonly componentAppSecret: Redacted.Redacted<string>
  /** reads the `component_verify_ticket` that WeChat pushed last; run for each component token */
  readonly verifyTicket: Effect.Effect<Redacted.Redacted<string>, unknown, R>
  /** reads the newest `authorizer_refresh_token` of a mini program; called for each of its tokens */
  readonly refreshToken: (appId: string) => Effect.Effect<Redacted.Redacted<string>, unknown, R>
  /**
   * Keeps a new refresh token. It is called before the access token that came with it is used, and cannot be interrupted. If it fails, the call
   * goes on, a warning is logged, and the refresh token is kept in memory and offered again until it is taken: WeChat may accept no other.
   */
  readonly onRefreshToken: (appId: string, refreshToken: Redacted.Redacted<string>) => Effect.Effect<void, unknown, R>
}

/**
 * What the layers provide: the mini programs, the list of them, and the proof that a platform calls.
 *
 * @since 0.1.0
 * @category models
 */
export type Services = MiniPrograms | Authorizers | ThirdPartyPlatform

const overExchange = <R>(options: Options<R>): Layer.Layer<Services, InvalidOptions, HttpExchange | R> =>
  Layer.merge(
    Layer.scopedContext(
      Effect.gen(function* () {
        const { componentAppId, componentAppSecret } = options
        yield* checkText("componentAppId", componentAppId)
        yield* checkText("componentAppSecret", Redacted.value(componentAppSecret))
        const environment = yield* Effect.context<R>()
        const context = yield* TokenContext.make(options)
        const { client } = context
        const component = {
          componentAppId,
          componentAppSecret,
          verifyTicket: callback(
            () => Effect.provide(options.verifyTicket, environment),
            (reason) =>
              client.failure(componentRoute, "credential", `the component_verify_ticket of ${componentAppId} ${reason}`)
          )
        }
        const refreshTokens = yield* RefreshTokens.make(context, {
          read: (appId) =>
            callback(
              () => Effect.provide(options.refreshToken(appId), environment),
              (reason) =>
                client.failure(authorizerRoute, "credential", `the authorizer_refresh_token of ${appId} ${reason}`)
            ),
          keep: (appId, refreshToken) =>
            callback(
              () => Effect.provide(options.onRefreshToken(appId, refreshToken), environment),
              () => undefined
            )
        })
        const keeper = makeComponent(context, component)
        const transport = makeMiniPrograms(context, options.idleTimeToLive, (appId) =>
          makeAuthorizer(context, component, keeper, refreshTokens, appId)
        )
        return Context.make(MiniPrograms, { transport }).pipe(
          Context.add(Authorizers, makeAuthorizers(makeTransport(client, keeper), componentAppId))
        )
      })
    ),
    Layer.succeed(ThirdPartyPlatform, {})
  )

/**
 * The mini programs that authorized a platform, over any `HttpClient`, which they share. `MiniPrograms.transport` gives the transport of one of
 * them, for any operation including `updatePlugin`, and `Authorizers.all` lists them. Redirects are refused, as by `HttpsTransport.layerAccessToken`.
 *
 * With a `TokenStore`, the machines of the platform share its token and those of the mini programs, and one of them renews each.
 *
 * **Gotchas**
 * - WeChat pushes the ticket every ten minutes from the platform's approval on, and it lives twelve hours. If WeChat does not accept it, calls
 *   fail with `VerifyTicketRejected`.
 * - A mini program's refresh token comes when it authorizes the platform, and may change when it does so again. If WeChat does not accept it,
 *   calls fail with `RefreshTokenRejected`; `Authorizers.all` has the newest.
 * - WeChat does not document whether a new token ends the previous one. Without a `TokenStore`, let only one process call for a platform.
 * - The query parameter is `component_access_token`, as on WeChat's older page; a newer one has `access_token`.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/component_access_token.html
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/api_authorizer_token.html
 */
export const layer = <R = never>(
  options: Options<R>
): Layer.Layer<Services, InvalidOptions, HttpClient.HttpClient | R> =>
  Layer.provide(overExchange(options), layerHttpClient)

/**
 * Options from Config, except `verifyTicket`: it is read again for each token, and may be a Config itself.
 *
 * @since 0.1.0
 * @category models
 */
export type ConfigOptions<R = never> = Pick<Options<R>, "verifyTicket"> &
  LayerConfig.Wrap<Omit<Options<R>, "verifyTicket">>

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = <R = never>({
  verifyTicket,
  ...options
}: ConfigOptions<R>): Layer.Layer<Services, InvalidOptions | ConfigError, HttpClient.HttpClient | R> =>
  LayerConfig.make(options as LayerConfig.Wrap<Omit<Options<R>, "verifyTicket">>, (rest) =>
    layer({ ...rest, verifyTicket })
  )

/**
 * `layer` over the runtime's own `fetch`, as with `HttpsTransport.layerFetch`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { MiniPrograms, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
 * import { FileSystem } from "@effect/platform"
 * import { Config, Effect, Redacted } from "effect"
 *
 * // where the program that WeChat pushes to writes what it is told
 * const read = (key: string) =>
 *   Effect.flatMap(FileSystem.FileSystem, (files) => Effect.map(files.readFileString(`tokens/${key}`), Redacted.make))
 *
 * const program = Effect.gen(function* () {
 *   const Platform = ThirdPartyMiniPrograms.layerFetch({
 *     componentAppId: yield* Config.string("WECHAT_COMPONENT_APPID"),
 *     componentAppSecret: yield* Config.redacted("WECHAT_COMPONENT_SECRET"),
 *     verifyTicket: read("ticket"),
 *     refreshToken: read,
 *     onRefreshToken: (appId, refreshToken) =>
 *       Effect.flatMap(FileSystem.FileSystem, (files) =>
 *         Effect.orDie(files.writeFileString(`tokens/${appId}`, Redacted.value(refreshToken)))
 *       )
 *   })
 *   yield* PluginManager.updatePlugin({ pluginAppid: "wx5514af450eaceec2", userVersion: "2.2.46" }).pipe(
 *     Effect.provide(MiniPrograms.transport("wx1")),
 *     Effect.provide(Platform)
 *   )
 * })
 * ```
 */
export const layerFetch = <R = never>(options: Options<R>): Layer.Layer<Services, InvalidOptions, R> =>
  Layer.provide(overExchange(options), layerExchangeFetch)

/**
 * `layerFetch` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerFetchConfig = <R = never>({
  verifyTicket,
  ...options
}: ConfigOptions<R>): Layer.Layer<Services, InvalidOptions | ConfigError, R> =>
  LayerConfig.make(options as LayerConfig.Wrap<Omit<Options<R>, "verifyTicket">>, (rest) =>
    layerFetch({ ...rest, verifyTicket })
  )
