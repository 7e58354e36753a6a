import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** The milliseconds of each sleep that has begun and not ended. */
export type Sleeps = () => ReadonlyArray<number>

/** Runs a test that can ask what sleeps. */
export const withSleeps = <A, E, R>(test: (sleeps: Sleeps) => Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(Effect.clock, (clock) => {
    const sleeping = new Set<{ readonly millis: number }>()
    const sleep = (duration: Duration.Duration) =>
      Effect.suspend(() => {
        const one = { millis: Duration.toMillis(duration) }
        sleeping.add(one)
        return Effect.ensuring(
          clock.sleep(duration),
          Effect.sync(() => sleeping.delete(one))
        )
      })
    // the same clock in all else, which TestClock.adjust sets
    const watched: typeof clock = Object.assign(Object.create(clock), { sleep })
    return Effect.withClock(
      test(() => [...sleeping].map(({ millis }) => millis)),
      watched
    )
  })
