import type * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import type { RuntimeFiber } from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as FiberRef from "effect/FiberRef"
import * as Runtime from "effect/Runtime"

/** Runs an effect with the caller's context, clock, tracer and loggers. It returns a function that interrupts it. */
export const runAs = <A, E>(
  caller: RuntimeFiber<unknown, unknown>,
  effect: Effect.Effect<A, E>,
  onEnd: (exit: Exit.Exit<A, E>) => void
): (() => void) => {
  const runtime = Runtime.make({
    context: caller.getFiberRef(FiberRef.currentContext),
    fiberRefs: caller.getFiberRefs(),
    runtimeFlags: Runtime.defaultRuntimeFlags
  })
  const fiber = Runtime.runFork(runtime)(effect)
  fiber.addObserver(onEnd)
  return () => fiber.unsafeInterruptAsFork(FiberId.none)
}
