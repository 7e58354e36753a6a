/**
 * Access tokens in Redis, for several machines; over ioredis, an optional peer.
 *
 * @since 0.1.0
 */
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Redis as Client } from "ioredis"
import { type Configured, unwrap } from "./internal/configured.js"
import { connect, over } from "./internal/redisStore.js"
import { TokenStore, type TokenStoreError } from "./TokenStore.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** before each key; `effect-wechat:` by default */
  readonly prefix?: string | undefined
}

/**
 * A `TokenStore` in the Redis at `url` (`redis:` or `rediss:`). A Redis that is away, at the start or later, stops nobody: tokens
 * are kept in memory until it is back. An `url` of another kind is a `TokenStoreError`.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as Redis from "@effect-wechat/transport-https/Redis"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerFetch({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(Redis.layer({ url: Redacted.make("redis://:password@10.0.0.1:6379") }))
 * )
 * ```
 */
export const layer = ({
  prefix,
  url
}: Options & { readonly url: Redacted.Redacted<string> }): Layer.Layer<TokenStore, TokenStoreError> =>
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
  options: Configured<Options & { readonly url: Redacted.Redacted<string> }>
): Layer.Layer<TokenStore, TokenStoreError | ConfigError> => Layer.unwrapEffect(Effect.map(unwrap(options), layer))

/**
 * A `TokenStore` over a client of yours; closing it is yours too, and so is what it does while Redis is away.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerClient = (client: Client, { prefix }: Options = {}): Layer.Layer<TokenStore> =>
  Layer.sync(TokenStore, () => over(client, prefix))
