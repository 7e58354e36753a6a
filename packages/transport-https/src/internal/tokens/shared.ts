import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import type * as Clock from "effect/Clock"
import { TokenStore, TokenStoreError } from "../../TokenStore.js"
import { parseJson } from "../http/parseJson.js"
import { warnOnce } from "../warnOnce.js"

/** A token, with its times in milliseconds. */
export interface Kept {
  readonly value: Redacted.Redacted<string>
  readonly expiresAt: number
  readonly lifetime: number
}

/** A store that is slower than this does not help. */
const patience = Duration.seconds(1)
/** How long a store that failed is left alone. */
const absence = Duration.toMillis("5 seconds")
/** How soon the lease of a process that died is free. */
const leaseTime = Duration.seconds(2)
const heartbeat = Duration.millis(500)

/** How far the clocks of machines may be apart. */
export const clockSkew = Duration.toMillis("15 minutes")
const longestLifetime = Duration.toMillis("31 days")

/** What somebody else put there, or another version of this library, must not be taken for a token. */
const decode = (json: unknown, now: number): Kept | undefined => {
  const { expiresAt, lifetime, value }: { readonly [Field in keyof Kept]?: unknown } = Object(json)
  const isSane =
    typeof value === "string" &&
    /^[!-~]{1,4096}$/.test(value) &&
    typeof lifetime === "number" &&
    lifetime > 0 &&
    lifetime <= longestLifetime &&
    typeof expiresAt === "number" &&
    expiresAt - now <= lifetime + clockSkew
  return isSane ? { value: Redacted.make(value), expiresAt, lifetime } : undefined
}

const encode = ({ expiresAt, lifetime, value }: Kept) => ({ value: Redacted.value(value), expiresAt, lifetime })

/** What is shared through the `TokenStore`, if there is one. A failure of the store never fails a call. */
export class SharedTokens {
  private failedAt = -Infinity
  private readonly warn = warnOnce("Access tokens are kept in memory until the token store is back.")

  constructor(
    private readonly store: TokenStore.Service | undefined,
    private readonly clock: Clock.Clock
  ) {}

  /** The token under a key. */
  get(key: string): Effect.Effect<Kept | undefined> {
    return Effect.map(this.read(key), (json) => decode(json, this.clock.unsafeCurrentTimeMillis()))
  }

  set(key: string, kept: Kept): Effect.Effect<void> {
    return this.write(key, encode(kept), Duration.millis(kept.lifetime))
  }

  remove(key: string, kept: Kept): Effect.Effect<void> {
    const text = Redacted.make(JSON.stringify(encode(kept)))
    return this.ask("removeIf", (store) => store.removeIf(key, text), undefined)
  }

  /** Whatever else the processes tell each other: the JSON under a key. */
  read(key: string): Effect.Effect<unknown> {
    return Effect.map(
      this.ask("get", (store) => store.get(key), Option.none()),
      (text) => Option.getOrUndefined(Option.flatMap(text, (text) => Either.getRight(parseJson(Redacted.value(text)))))
    )
  }

  write(key: string, json: object, timeToLive: Duration.Duration): Effect.Effect<void> {
    return this.ask("set", (store) => store.set(key, Redacted.make(JSON.stringify(json)), timeToLive), undefined)
  }

  /**
   * Runs `self` while this process has the lease of the key, and returns `undefined` at once while another process has it. While the store is
   * away nobody can tell, and `isCertain` is false.
   */
  exclusively<A, E, R>(
    key: string,
    self: (isCertain: boolean) => Effect.Effect<A, E, R>
  ): Effect.Effect<A | undefined, E, R> {
    if (this.store === undefined) {
      return self(true)
    }
    return Effect.gen(this, function* () {
      const owner = [yield* Random.nextInt, yield* Random.nextInt].map((part) => part.toString(36)).join("")
      const take = this.ask("lease", (store) => store.lease(key, owner, leaseTime), "unknown" as const)
      const giveBack = this.ask("release", (store) => store.release(key, owner), undefined)
      // a store may have given the lease although its answer did not arrive
      const taken = yield* Effect.ensuring(
        take,
        Effect.addFinalizer(() => giveBack)
      )
      if (taken === false) {
        return undefined
      }
      yield* Effect.forkScoped(Effect.forever(Effect.delay(take, heartbeat)))
      return yield* self(taken !== "unknown")
    }).pipe(Effect.scoped)
  }

  private ask<A, B>(
    operation: TokenStoreError["operation"],
    run: (store: TokenStore.Service) => Effect.Effect<A, TokenStoreError>,
    otherwise: B
  ): Effect.Effect<A | B> {
    const { store } = this
    const failure = (description: string) => () => new TokenStoreError({ operation, description })
    return Effect.suspend((): Effect.Effect<A | B> => {
      if (store === undefined || this.clock.unsafeCurrentTimeMillis() - this.failedAt < absence) {
        return Effect.succeed(otherwise)
      }
      return Effect.suspend(() => run(store)).pipe(
        // an uninterruptible operation is not waited for
        Effect.disconnect,
        Effect.timeoutFail({ duration: patience, onTimeout: failure(`no answer in ${Duration.format(patience)}`) }),
        Effect.catchAllDefect(() => Effect.fail(failure("a defect")())),
        Effect.tap(() => Effect.sync(() => this.warn.reset())),
        Effect.catchAll(({ message }) =>
          Effect.suspend(() => {
            this.failedAt = this.clock.unsafeCurrentTimeMillis()
            return Effect.as(this.warn.warn(message), otherwise)
          })
        )
      )
    })
  }
}

export const make = Effect.zipWith(
  Effect.serviceOption(TokenStore),
  Effect.clock,
  (store, clock) => new SharedTokens(Option.getOrUndefined(store), clock)
)
