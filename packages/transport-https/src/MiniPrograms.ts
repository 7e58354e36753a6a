/**
 * Many mini programs in one program: a `Transport` for each, by its appid.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import type * as HttpClient from "@effect/platform/HttpClient"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { HttpsOptions } from "./HttpsOptions.js"
import type { HttpExchange } from "./internal/http/exchange.js"
import { layerFetch as layerExchangeFetch } from "./internal/http/fetchExchange.js"
import { layerHttpClient } from "./internal/http/platformExchange.js"
import { makeMiniPrograms } from "./internal/miniPrograms.js"
import { callback } from "./internal/tokens/callback.js"
import * as TokenContext from "./internal/tokens/context.js"
import { makeStable, route } from "./internal/tokens/sources/stable.js"

/**
 * The transports of mini programs. `transport` turns one of them into a layer.
 *
 * @since 0.1.0
 * @category tags
 */
export class MiniPrograms extends Context.Tag("@effect-wechat/transport-https/MiniPrograms")<
  MiniPrograms,
  MiniPrograms.Service
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace MiniPrograms {
  /**
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    /** The transport of one mini program. It is made for the first caller, shared by all, and dropped after `idleTimeToLive` without use. */
    readonly transport: (appId: string) => Effect.Effect<Transport.Service, InvalidOptions, Scope.Scope>
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface MiniProgramsOptions extends HttpsOptions {
  /** how long an unused mini program keeps its token and its place in memory; 10 minutes by default */
  readonly idleTimeToLive?: Duration.DurationInput | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options<R = never> extends MiniProgramsOptions {
  /**
   * Looks up the secret of a mini program. It is called for each token request, so that a new secret takes effect at once. If it fails, the
   * call fails with `WechatTransportError`, reason `credential`, which names the app but shows nothing of the cause except the name of a
   * missing variable.
   */
  readonly appSecret: (appId: string) => Effect.Effect<Redacted.Redacted<string>, unknown, R>
}

/**
 * The transport of one mini program.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { MiniPrograms } from "@effect-wechat/transport-https"
 * import { Effect } from "effect"
 *
 * const plugins = (appId: string) => PluginManager.getPluginList.pipe(Effect.provide(MiniPrograms.transport(appId)))
 * ```
 */
export const transport = (appId: string): Layer.Layer<Transport, InvalidOptions, MiniPrograms> =>
  Layer.scoped(
    Transport,
    Effect.flatMap(MiniPrograms, (miniPrograms) => miniPrograms.transport(appId))
  )

const overExchange = <R>(options: Options<R>): Layer.Layer<MiniPrograms, InvalidOptions, HttpExchange | R> =>
  Layer.scoped(
    MiniPrograms,
    Effect.gen(function* () {
      const environment = yield* Effect.context<R>()
      const context = yield* TokenContext.make(options)
      const { client } = context
      const appSecret = (appId: string) =>
        callback(
          () => Effect.provide(options.appSecret(appId), environment),
          (reason) => client.failure(route, "credential", `the app secret of ${appId} ${reason}`)
        )
      const transport = makeMiniPrograms(context, options.idleTimeToLive, (appId) =>
        makeStable(context, appId, appSecret(appId))
      )
      return { transport }
    })
  )

/**
 * Mini programs with their own secrets (WeChat's stable token), over any `HttpClient`, which they share. Each has its own token. With a
 * `TokenStore` their tokens are shared with other machines, and kept while a mini program is idle. Redirects are refused, as by
 * `HttpsTransport.layerAccessToken`.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = <R = never>(
  options: Options<R>
): Layer.Layer<MiniPrograms, InvalidOptions, HttpClient.HttpClient | R> =>
  Layer.provide(overExchange(options), layerHttpClient)

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = <R = never>(
  options: LayerConfig.Wrap<Options<R>>
): Layer.Layer<MiniPrograms, InvalidOptions | ConfigError, HttpClient.HttpClient | R> =>
  LayerConfig.make(options, layer<R>)

/**
 * `layer` over the runtime's own `fetch`, as with `HttpsTransport.layerFetch`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { MiniPrograms } from "@effect-wechat/transport-https"
 * import { Config, Effect } from "effect"
 *
 * const program = Effect.forEach(["wx1", "wx2"], (appId) =>
 *   PluginManager.getPluginList.pipe(Effect.provide(MiniPrograms.transport(appId)))
 * ).pipe(
 *   Effect.provide(
 *     MiniPrograms.layerFetch({ appSecret: (appId) => Config.redacted(`WECHAT_${appId}_SECRET`) })
 *   )
 * )
 * ```
 */
export const layerFetch = <R = never>(options: Options<R>): Layer.Layer<MiniPrograms, InvalidOptions, R> =>
  Layer.provide(overExchange(options), layerExchangeFetch)

/**
 * `layerFetch` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerFetchConfig = <R = never>(
  options: LayerConfig.Wrap<Options<R>>
): Layer.Layer<MiniPrograms, InvalidOptions | ConfigError, R> => LayerConfig.make(options, layerFetch<R>)
