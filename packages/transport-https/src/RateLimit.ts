/**
 * Limits how often WeChat is called.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import { type Call, Transport } from "@effect-wechat/plugin-manager/Transport"
import * as RateLimiter from "@effect/experimental/RateLimiter"
import type { ConfigError } from "effect/ConfigError"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** the app id, or anything else that shares the limit */
  readonly key: string
  /** how many calls at once, and how many more over each `window` */
  readonly limit: number
  /** a minute by default, like WeChat's */
  readonly window?: Duration.DurationInput | undefined
}

/**
 * The same `Transport`, whose calls wait for their turn: after a rest `limit` calls at once, then `limit` evenly over each `window`. The
 * limiter is that of `@effect/experimental` (an optional peer), in memory, or in Redis for several machines. The deadline of a call
 * starts with its turn.
 *
 * If the limiter cannot be reached, the call goes on and a warning is logged.
 *
 * **Gotchas**
 * - After a rest, up to twice `limit` calls fall into one `window`. Use half of WeChat's quota to stay below it in every minute.
 * - A call that is interrupted while it waits has used its turn.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as RateLimit from "@effect-wechat/transport-https/RateLimit"
 * import { RateLimiter } from "@effect/experimental"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = RateLimit.layer({ key: "wx…", limit: 600 }).pipe(
 *   Layer.provide(HttpsTransport.layerFetch({ appId: "wx…", appSecret: Redacted.make("…") })),
 *   Layer.provide(Layer.provide(RateLimiter.layer, RateLimiter.layerStoreMemory))
 * )
 * ```
 */
export const layer = ({
  key,
  limit,
  window = "1 minute"
}: Options): Layer.Layer<Transport, never, Transport | RateLimiter.RateLimiter> =>
  Layer.effect(
    Transport,
    Effect.map(Effect.zip(Transport, RateLimiter.makeSleep), ([transport, sleep]) => {
      const turn = Effect.catchAll(sleep({ key, limit, window, algorithm: "token-bucket" }), () =>
        Effect.logWarning("The rate limiter cannot be reached: WeChat is called without it.")
      )
      return {
        call: (call: Call) => Effect.zipRight(turn, transport.call(call)),
        attributes: (call: Call) => transport.attributes?.(call) ?? {}
      }
    })
  )

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options: LayerConfig.Wrap<Options>
): Layer.Layer<Transport, ConfigError, Transport | RateLimiter.RateLimiter> => LayerConfig.make(options, layer)
