import { Effect, TestClock } from "effect"

/** Moves the TestClock forward while real sockets do their work. */
export const inTime = <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.raceFirst(
    self,
    Effect.forever(
      Effect.zipRight(
        TestClock.adjust("10 millis"),
        Effect.promise(() => new Promise(setImmediate))
      )
    )
  )
