/**
 * Where access tokens are kept for several processes or machines.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

/**
 * The store cannot be reached, or does not answer. Its message contains no key, no value and no command.
 *
 * @since 0.1.0
 * @category errors
 */
export class TokenStoreError extends Data.TaggedError("TokenStoreError")<{
  readonly operation: "connect" | "get" | "set" | "removeIf" | "lease" | "release"
  readonly description: string
}> {
  override get message(): string {
    return `TokenStore.${this.operation}: ${this.description}`
  }
}

/**
 * A layer that needs tokens looks for a store when it is built. With a store, all processes that share it share one token of each kind
 * for each app, and all of them pause after a failure. A token whose renewal ends the previous one is renewed by one process at a time. Without a
 * store, tokens are kept in the memory of the layer.
 *
 * If the store cannot be reached, calls go on with tokens in memory and a warning is logged.
 *
 * @since 0.1.0
 * @category tags
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layerFetch({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(TokenStore.layerMemory)
 * )
 * ```
 */
export class TokenStore extends Context.Tag("@effect-wechat/transport-https/TokenStore")<
  TokenStore,
  TokenStore.Service
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace TokenStore {
  /**
   * A store of opaque texts. A key is like `wx0123456789abcdef:stable:api.weixin.qq.com:1f2e3d4c`: app, kind of token, host, and a
   * fingerprint of the secret.
   *
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    readonly get: (key: string) => Effect.Effect<Option.Option<Redacted.Redacted<string>>, TokenStoreError>
    /** The value expires after `timeToLive`. */
    readonly set: (
      key: string,
      value: Redacted.Redacted<string>,
      timeToLive: Duration.Duration
    ) => Effect.Effect<void, TokenStoreError>
    /** Removes the value if it is this one, in one step: a value that another process has stored meanwhile stays. */
    readonly removeIf: (key: string, value: Redacted.Redacted<string>) => Effect.Effect<void, TokenStoreError>
    /**
     * Takes the lease of a key for `owner`, or extends it if `owner` has it already. Returns false if another owner has it. The lease is free
     * again after `timeToLive`, unless it is extended before.
     */
    readonly lease: (
      key: string,
      owner: string,
      timeToLive: Duration.Duration
    ) => Effect.Effect<boolean, TokenStoreError>
    /** Frees the lease if `owner` has it. */
    readonly release: (key: string, owner: string) => Effect.Effect<void, TokenStoreError>
  }
}

/** Entries that expire. */
class Entries<A> {
  private readonly entries = new Map<string, { readonly value: A; readonly expiresAt: number }>()
  private sweptAt = 0

  constructor(private readonly now: () => number) {}

  get(key: string): A | undefined {
    const entry = this.entries.get(key)
    return entry !== undefined && entry.expiresAt > this.now() ? entry.value : undefined
  }

  set(key: string, value: A, timeToLive: Duration.Duration) {
    this.sweep()
    this.entries.set(key, { value, expiresAt: this.now() + Duration.toMillis(timeToLive) })
  }

  delete(key: string) {
    this.entries.delete(key)
  }

  /** Once a minute, so that the memory does not grow with every app that was ever used. */
  private sweep() {
    const now = this.now()
    if (now - this.sweptAt >= 60_000) {
      this.sweptAt = now
      for (const [key, { expiresAt }] of this.entries) {
        if (expiresAt <= now) {
          this.entries.delete(key)
        }
      }
    }
  }
}

/**
 * A store for the layers of one process. It ends with the process.
 *
 * @since 0.1.0
 * @category layers
 */
// marked as pure, since a value at the top of a module stays in every bundle
export const layerMemory: Layer.Layer<TokenStore> = /* @__PURE__ */ Layer.effect(
  TokenStore,
  /* @__PURE__ */ Effect.map(Effect.clock, (clock) => {
    const now = () => clock.unsafeCurrentTimeMillis()
    const values = new Entries<Redacted.Redacted<string>>(now)
    const owners = new Entries<string>(now)
    return {
      get: (key) => Effect.sync(() => Option.fromNullable(values.get(key))),
      set: (key, value, timeToLive) => Effect.sync(() => values.set(key, value, timeToLive)),
      removeIf: (key, value) =>
        Effect.sync(() => {
          const stored = values.get(key)
          if (stored !== undefined && Redacted.value(stored) === Redacted.value(value)) {
            values.delete(key)
          }
        }),
      lease: (key, owner, timeToLive) =>
        Effect.sync(() => {
          const isOurs = (owners.get(key) ?? owner) === owner
          if (isOurs) {
            owners.set(key, owner, timeToLive)
          }
          return isOurs
        }),
      release: (key, owner) =>
        Effect.sync(() => {
          if (owners.get(key) === owner) {
            owners.delete(key)
          }
        })
    }
  })
)
