import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"

/** The time that WeChat goes by: Effect's Clock, and what `advance` added to it. */
export interface Time {
  readonly now: Effect.Effect<number>
  /**
   * Waits until an instant rather than for a while: a test that moves the clock between the arrival of a request and the wait
   * would otherwise leave the reply behind for good.
   */
  readonly sleepUntil: (instant: number) => Effect.Effect<void>
  readonly advance: (duration: Duration.Duration) => Effect.Effect<void>
}

export const make: Effect.Effect<Time> = Effect.gen(function* () {
  const offset = yield* Ref.make(0)
  /** Opens at the next `advance`. */
  const moved = yield* Ref.make(yield* Deferred.make<void>())
  const now = Effect.zipWith(Clock.currentTimeMillis, Ref.get(offset), (millis, added) => millis + added)

  // the clock is read where the sleep begins: between the two a test may have moved it
  const sleep = (instant: number) =>
    Effect.flatMap(now, (now) => (instant > now ? Effect.sleep(instant - now) : Effect.void))

  const sleepUntil = (instant: number): Effect.Effect<void> =>
    Effect.flatMap(Ref.get(moved), (gate) =>
      Effect.raceFirst(
        sleep(instant),
        Effect.zipRight(
          Deferred.await(gate),
          Effect.suspend(() => sleepUntil(instant))
        )
      )
    )

  const advance = Effect.fnUntraced(function* (duration: Duration.Duration) {
    yield* Ref.update(offset, (added) => added + Duration.toMillis(duration))
    const gate = yield* Ref.getAndSet(moved, yield* Deferred.make<void>())
    yield* Deferred.succeed(gate, undefined)
  }, Effect.uninterruptible)

  return { now, sleepUntil, advance }
})
