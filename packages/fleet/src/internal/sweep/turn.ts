import * as RateLimiter from "@effect/experimental/RateLimiter"
import * as Chunk from "effect/Chunk"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import type { Turn } from "./ask.js"

interface Limit {
  readonly calls: number
  readonly per: Duration.DurationInput
}

export interface Limits {
  readonly fleet?: Limit | undefined
  readonly app?: Limit | undefined
}

const withoutLimit = Effect.logWarning("The counts of the rate limiter cannot be reached: WeChat is called without it.")

/** the most calls that one statement of the database gives a turn */
const turnsAtOnce = 100

/**
 * Waits for the turn of a key. All calls that wait while the database is asked get their turns by its next statement, so that its rate is not
 * that of the calls. Nobody has a turn in store: a turn that nobody takes is never made up for by a burst.
 */
const makeWait = (
  key: string,
  { calls, per }: Limit
): Effect.Effect<Effect.Effect<void>, never, RateLimiter.RateLimiterStore | Scope.Scope> =>
  Effect.gen(function* () {
    // the store itself: a `RateLimiter` reserves no more than its bucket holds
    const store = yield* RateLimiter.RateLimiterStore
    const waiting = yield* Queue.unbounded<Deferred.Deferred<Duration.Duration>>()
    // a bucket that holds one call sends none early, so no window has more calls than the limit says
    const refillRate = Duration.times(per, 1 / calls)
    /** How long each of them waits: the first is due when all before are, by whomever they were reserved. */
    const reserve = (tokens: number) =>
      store.tokenBucket({ key, tokens, limit: 1, refillRate, allowOverflow: true }).pipe(
        Effect.map((left) => (at: number) => Duration.times(refillRate, Math.max(0, 1 - left - (tokens - at)))),
        Effect.catchAllCause(() => Effect.as(withoutLimit, () => Duration.zero))
      )
    yield* Effect.gen(function* () {
      const batch = Chunk.toReadonlyArray(yield* Queue.takeBetween(waiting, 1, turnsAtOnce))
      const delayOf = yield* reserve(batch.length)
      yield* Effect.forEach(batch, (turn, at) => Deferred.succeed(turn, delayOf(at)), { discard: true })
    }).pipe(Effect.forever, Effect.forkScoped)
    return Effect.gen(function* () {
      const turn = yield* Deferred.make<Duration.Duration>()
      yield* Queue.offer(waiting, turn)
      yield* Effect.sleep(yield* Deferred.await(turn))
    })
  })

/** Turns by the limits of a fleet. */
export const makeTurn = ({
  app,
  fleet
}: Limits): Effect.Effect<Turn, never, RateLimiter.RateLimiter | RateLimiter.RateLimiterStore | Scope.Scope> =>
  Effect.gen(function* () {
    const sleep = yield* RateLimiter.makeSleep
    const ofFleet = fleet === undefined ? Effect.void : yield* makeWait("fleet", fleet)
    const ofApp = (appId: string) =>
      app === undefined
        ? Effect.void
        : sleep({
            key: `app ${appId}`,
            limit: 1,
            window: Duration.times(app.per, 1 / app.calls),
            algorithm: "token-bucket"
          }).pipe(Effect.catchAll(() => withoutLimit))
    return (appId) => Effect.zipRight(ofApp(appId), ofFleet)
  })
