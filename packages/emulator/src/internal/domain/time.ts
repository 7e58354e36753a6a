import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"

/** The emulator's time: Effect's Clock plus the total of all `advance` calls. */
export interface Time {
  readonly now: Effect.Effect<number>
  /**
   * Waits until an instant. It takes an instant instead of a duration because a test may move the clock between the arrival of a
   * request and the start of the wait.
   */
  readonly sleepUntil: (instant: number) => Effect.Effect<void>
  readonly advance: (duration: Duration.Duration) => Effect.Effect<void>
}

export const make: Effect.Effect<Time> = Effect.gen(function* () {
  const offset = yield* Ref.make(0)
  /** Completed by the next `advance`. */
  const moved = yield* Ref.make(yield* Deferred.make<void>())
  const now = Effect.zipWith(Clock.currentTimeMillis, Ref.get(offset), (millis, added) => millis + added)

  // reads the clock again, because a test may have moved it since the instant was computed
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
