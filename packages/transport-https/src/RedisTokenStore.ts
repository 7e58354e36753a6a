/**
 * Access tokens in Redis, for several machines; over ioredis, an optional peer.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Redis } from "ioredis"
import { connect, over } from "./internal/stores/redis.js"
import { TokenStore, type TokenStoreError } from "./TokenStore.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface ClientOptions {
  /** put before each key; `effect-wechat:` by default */
  readonly prefix?: string | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends ClientOptions {
  /** `redis://:password@host:6379`, or `rediss:` for TLS */
  readonly url: Redacted.Redacted<string>
}

/**
 * A `TokenStore` in the Redis at `url`. If Redis is away, at the start or later, calls go on with tokens in memory until it is back. A URL that
 * is not one of Redis is a `TokenStoreError`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import * as RedisTokenStore from "@effect-wechat/transport-https/RedisTokenStore"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = NodeTransport.layerNode({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(RedisTokenStore.layer({ url: Redacted.make("redis://:password@10.0.0.1:6379") }))
 * )
 * ```
 */
export const layer = ({ prefix, url }: Options): Layer.Layer<TokenStore, TokenStoreError> =>
  Layer.scoped(
    TokenStore,
    Effect.map(connect(Redacted.value(url)), (client) => over(client, prefix))
  )

/**
 * `layer` with its options from Config.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options: LayerConfig.Wrap<Options>
): Layer.Layer<TokenStore, TokenStoreError | ConfigError> => LayerConfig.make(options, layer)

/**
 * A `TokenStore` over a client that you have made. You close it, and you decide what it does while Redis is away.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerClient = (client: Redis, { prefix }: ClientOptions = {}): Layer.Layer<TokenStore> =>
  Layer.sync(TokenStore, () => over(client, prefix))
