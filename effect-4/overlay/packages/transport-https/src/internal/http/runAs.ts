import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import type { Fiber } from "effect/Fiber"

/** Runs an effect with the caller's context, clock, tracer and loggers. It returns a function that interrupts it. */
export const runAs = <A, E>(
  caller: Fiber<unknown, unknown>,
  effect: Effect.Effect<A, E>,
  onEnd: (exit: Exit.Exit<A, E>) => void
): (() => void) => {
  const fiber = Effect.runForkWith(caller.context)(effect)
  fiber.addObserver(onEnd)
  return () => fiber.interruptUnsafe()
}
