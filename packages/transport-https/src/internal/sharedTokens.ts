import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { TokenStore, TokenStoreError } from "../TokenStore.js"
import { parseJson } from "./parseJson.js"

/** A token, and its times in milliseconds. */
export interface Kept {
  readonly value: Redacted.Redacted<string>
  readonly expiresAt: number
  readonly lifetime: number
}

const encode = ({ expiresAt, lifetime, value }: Kept) =>
  Redacted.make(JSON.stringify({ value: Redacted.value(value), expiresAt, lifetime }))

/** What somebody else put there is no token. */
const decode = (text: Redacted.Redacted<string>): Kept | undefined => {
  const { expiresAt, lifetime, value }: { readonly [Field in keyof Kept]?: unknown } = Object(
    Either.getOrUndefined(parseJson(Redacted.value(text)))
  )
  return typeof value === "string" && typeof expiresAt === "number" && typeof lifetime === "number"
    ? { value: Redacted.make(value), expiresAt, lifetime }
    : undefined
}

/** A store that is slower than this is no help. */
const patience = Duration.seconds(1)
/** how long a store that failed is left alone */
const absence = Duration.toMillis("5 seconds")

/** What is shared by the `TokenStore`, if there is one. No failure of it reaches the caller. */
export const make = Effect.zipWith(Effect.serviceOption(TokenStore), Effect.clock, (provided, clock) => {
  const store = Option.getOrUndefined(provided)
  let isOut = false
  let failedAt = -Infinity

  const warn = ({ message }: TokenStoreError) =>
    Effect.suspend(() => {
      const isNew = !isOut
      isOut = true
      failedAt = clock.unsafeCurrentTimeMillis()
      return isNew
        ? Effect.logWarning(`Access tokens are kept in memory until the token store is back. ${message}`)
        : Effect.void
    })

  const attempt = <A, B, R>(
    operation: TokenStoreError["operation"],
    self: Effect.Effect<A, TokenStoreError, R>,
    otherwise: B
  ): Effect.Effect<A | B, never, R> => {
    const failure = (description: string) => () => new TokenStoreError({ operation, description })
    const asked = self.pipe(
      // what cannot be interrupted is not waited for
      Effect.disconnect,
      Effect.timeoutFail({ duration: patience, onTimeout: failure(`no answer in ${Duration.format(patience)}`) }),
      Effect.catchAllDefect(() => Effect.fail(failure("a defect")())),
      Effect.tap(() => Effect.sync(() => (isOut = false))),
      Effect.catchAll((error) => Effect.as(warn(error), otherwise))
    )
    return Effect.suspend(() =>
      clock.unsafeCurrentTimeMillis() - failedAt < absence ? Effect.succeed(otherwise) : asked
    )
  }

  return {
    get: (key: string): Effect.Effect<Kept | undefined> =>
      store === undefined
        ? Effect.succeed(undefined)
        : Effect.map(attempt("get", store.get(key), Option.none()), (text) =>
            Option.getOrUndefined(Option.flatMapNullable(text, decode))
          ),
    set: (key: string, kept: Kept): Effect.Effect<void> =>
      store === undefined
        ? Effect.void
        : attempt("set", store.set(key, encode(kept), Duration.millis(kept.lifetime)), undefined),
    remove: (key: string, kept: Kept): Effect.Effect<void> =>
      store === undefined ? Effect.void : attempt("removeIf", store.removeIf(key, encode(kept)), undefined),
    /** `unknown` while nobody can tell who has it */
    lease: (key: string, timeToLive: Duration.Duration): Effect.Effect<boolean | "unknown", never, Scope.Scope> =>
      store === undefined ? Effect.succeed(true) : attempt("lease", store.lease(key, timeToLive), "unknown" as const)
  }
})
