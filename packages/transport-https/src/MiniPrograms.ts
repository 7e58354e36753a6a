/**
 * Many mini programs in one program: a `Transport` for each, by its appid.
 *
 * @since 0.1.0
 */
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { HttpExchange } from "./internal/exchange.js"
import { layerPlatformFetch } from "./internal/fetchExchange.js"
import { makeMiniPrograms, type MiniProgramsOptions } from "./internal/miniPrograms.js"
import { layerPlatform } from "./internal/platformExchange.js"
import { makeStable } from "./internal/stableToken.js"

/**
 * The transports of mini programs. `transport` has one out of it as a layer.
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
    /** Made when it is first asked for, the same for all who ask, and gone once nobody has used it for a while. */
    readonly transport: (appId: string) => Effect.Effect<Transport.Service, never, Scope.Scope>
  }
}

/**
 * Where the secrets of the mini programs are, and how long a mini program is kept that nobody calls for.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options<R = never> extends MiniProgramsOptions {
  /**
   * Asked each time that WeChat is asked for a token, so that a new secret counts at once. A failure of it is the call's
   * `WechatTransportError`, reason `credential`, which names the app and shows nothing of why.
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
export const transport = (appId: string): Layer.Layer<Transport, never, MiniPrograms> =>
  Layer.scoped(
    Transport,
    Effect.flatMap(MiniPrograms, (miniPrograms) => miniPrograms.transport(appId))
  )

const overExchange = <R>(options: Options<R>): Layer.Layer<MiniPrograms, never, HttpExchange | R> =>
  Layer.scoped(
    MiniPrograms,
    Effect.flatMap(Effect.context<R>(), (context) =>
      makeMiniPrograms(options, (appId) =>
        makeStable({
          ...options,
          appId,
          appSecret: Effect.provide(
            Effect.suspend(() => options.appSecret(appId)),
            context
          )
        })
      )
    )
  )

/**
 * Mini programs by their own secrets (WeChat's stable token), over any `HttpClient`, which they share; see
 * `HttpsTransport.layerAccessToken` for what it must not do. Each has a token of its own. With a `TokenStore` their tokens are
 * shared with other machines, and outlive the time that a mini program is idle.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = <R = never>(options: Options<R>): Layer.Layer<MiniPrograms, never, HttpClient.HttpClient | R> =>
  Layer.provide(overExchange(options), layerPlatform)

/**
 * `layer` over the platform's own `fetch`, as `HttpsTransport.layerFetch` has it.
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
export const layerFetch = <R = never>(options: Options<R>): Layer.Layer<MiniPrograms, never, R> =>
  Layer.provide(overExchange(options), layerPlatformFetch)
