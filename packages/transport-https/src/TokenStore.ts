/**
 * Where access tokens are kept for several processes or machines at once.
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
import type * as Scope from "effect/Scope"

/**
 * The store cannot be reached, or does not answer. Its message has no key, no value and no command in it.
 *
 * @since 0.1.0
 * @category errors
 */
export class TokenStoreError extends Data.TaggedError("TokenStoreError")<{
  readonly operation: "connect" | "get" | "set" | "removeIf" | "lease"
  readonly description: string
}> {
  override get message(): string {
    return `TokenStore.${this.operation}: ${this.description}`
  }
}

/**
 * What a layer with tokens looks for when it is built. Where it is there, everybody who shares the store shares one token of each
 * kind for each app, and one of them renews it; else tokens live in the layer's memory.
 *
 * A store that cannot be reached stops nobody: tokens are then kept in memory, and a warning is logged.
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
   * A store of opaque texts. Keys are like `wx0123456789abcdef:stable`: one for each app and kind of token.
   *
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    readonly get: (key: string) => Effect.Effect<Option.Option<Redacted.Redacted<string>>, TokenStoreError>
    /** gone by itself after `timeToLive` */
    readonly set: (
      key: string,
      value: Redacted.Redacted<string>,
      timeToLive: Duration.Duration
    ) => Effect.Effect<void, TokenStoreError>
    /** In one step: what somebody else has stored meanwhile stays. */
    readonly removeIf: (key: string, value: Redacted.Redacted<string>) => Effect.Effect<void, TokenStoreError>
    /**
     * `true` when it is ours, until the scope closes or `timeToLive` is over; `false` at once while somebody else has it. Only what is
     * still ours is given back.
     */
    readonly lease: (key: string, timeToLive: Duration.Duration) => Effect.Effect<boolean, TokenStoreError, Scope.Scope>
  }
}

interface Entry<A> {
  readonly value: A
  readonly expiresAt: number
}

/**
 * Shared by the layers of one process, and gone with it.
 *
 * @since 0.1.0
 * @category layers
 */
// marked, since what is made at the top of a module stays in every bundle
export const layerMemory: Layer.Layer<TokenStore> = /* @__PURE__ */ Layer.effect(
  TokenStore,
  /* @__PURE__ */ Effect.map(Effect.clock, (clock) => {
    const values = new Map<string, Entry<Redacted.Redacted<string>>>()
    const leases = new Map<string, Entry<object>>()

    const find = <A>(entries: Map<string, Entry<A>>, key: string): A | undefined => {
      const entry = entries.get(key)
      if (entry !== undefined && entry.expiresAt <= clock.unsafeCurrentTimeMillis()) {
        entries.delete(key)
        return undefined
      }
      return entry?.value
    }
    const put = <A>(entries: Map<string, Entry<A>>, key: string, value: A, timeToLive: Duration.Duration) =>
      entries.set(key, { value, expiresAt: clock.unsafeCurrentTimeMillis() + Duration.toMillis(timeToLive) })

    const take = (key: string, timeToLive: Duration.Duration) =>
      Effect.sync(() => {
        if (find(leases, key) !== undefined) {
          return undefined
        }
        const owner = {}
        put(leases, key, owner, timeToLive)
        return owner
      })
    const giveBack = (key: string, owner: object | undefined) =>
      Effect.sync(() => {
        if (owner !== undefined && find(leases, key) === owner) {
          leases.delete(key)
        }
      })

    return {
      get: (key) => Effect.sync(() => Option.fromNullable(find(values, key))),
      set: (key, value, timeToLive) => Effect.sync(() => put(values, key, value, timeToLive)),
      removeIf: (key, value) =>
        Effect.sync(() => {
          const stored = find(values, key)
          if (stored !== undefined && Redacted.value(stored) === Redacted.value(value)) {
            values.delete(key)
          }
        }),
      lease: (key, timeToLive) =>
        Effect.map(
          Effect.acquireRelease(take(key, timeToLive), (owner) => giveBack(key, owner)),
          (owner) => owner !== undefined
        )
    }
  })
)
