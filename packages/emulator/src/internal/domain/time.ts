import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"

/** The emulator's time: Effect's Clock plus the total of all `advance` calls since the last `reset`. */
export interface Time {
  readonly now: Effect.Effect<number>
  /** A timer that starts now. */
  readonly timer: Effect.Effect<Timer>
  readonly advance: (duration: Duration.Duration) => Effect.Effect<void>
  /** Takes back every `advance`, and ends every sleep. */
  readonly reset: Effect.Effect<void>
}

/** The timer of one request. */
export interface Timer {
  readonly start: number
  /**
   * Waits until an instant, or until the time is reset. It takes an instant instead of a duration because a test may move the clock
   * between the arrival of a request and the start of the wait.
   */
  readonly sleepUntil: (instant: number) => Effect.Effect<void>
}

export const make: Effect.Effect<Time> = Effect.gen(function* () {
  const offset = yield* Ref.make(0)
  const advanced = yield* Ref.make(yield* Deferred.make<void>())
  const wasReset = yield* Ref.make(yield* Deferred.make<void>())
  const now = Effect.zipWith(Clock.currentTimeMillis, Ref.get(offset), (millis, added) => millis + added)

  const complete = Effect.fnUntraced(function* (gate: Ref.Ref<Deferred.Deferred<void>>) {
    const completed = yield* Ref.getAndSet(gate, yield* Deferred.make<void>())
    yield* Deferred.succeed(completed, undefined)
  })

  // reads the clock again, because a test may have moved it since the instant was computed
  const sleep = (instant: number) =>
    Effect.flatMap(now, (now) => (instant > now ? Effect.sleep(instant - now) : Effect.void))

  const sleepUntil = (instant: number): Effect.Effect<void> =>
    Effect.flatMap(Ref.get(advanced), (gate) =>
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
    yield* complete(advanced)
  }, Effect.uninterruptible)

  return {
    now,
    timer: Effect.zipWith(now, Ref.get(wasReset), (start, gate) => ({
      start,
      sleepUntil: (instant) => Effect.raceFirst(sleepUntil(instant), Deferred.await(gate))
    })),
    advance,
    reset: Effect.zipRight(Ref.set(offset, 0), complete(wasReset)).pipe(Effect.uninterruptible)
  }
})
