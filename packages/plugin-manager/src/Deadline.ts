/**
 * One timer for all calls of a transport. For those who write a transport: where many calls are under way, an
 * `Effect.timeout` for each costs as much as the rest of the call.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as Runtime from "effect/Runtime"

interface Pending {
  /** nanoseconds of a clock that nobody sets back */
  readonly at: bigint
  readonly expire: () => void
}

/**
 * Bounds effects in time: interrupts one that is late, and fails with `onTimeout` at once, without waiting for what
 * cannot be interrupted.
 *
 * @since 0.1.0
 * @category models
 */
export type Deadline = <A, E, R, E2>(self: Effect.Effect<A, E, R>, onTimeout: () => E2) => Effect.Effect<A, E | E2, R>

/**
 * Makes a deadline of its own timer, by the Clock of the fiber that makes it. The timer runs only while something is pending,
 * so that it keeps no idle process alive.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = Effect.fnUntraced(function* (timeout: Duration.DurationInput): Effect.fn.Return<Deadline> {
  const nanos = Duration.unsafeToNanos(Duration.min(timeout, "1000 days"))
  const runtime = yield* Effect.runtime()
  const clock = yield* Effect.clock
  /** in the order of their deadlines, since all have the same timeout */
  const pending = new Set<Pending>()
  let timer: Fiber.RuntimeFiber<void> | undefined

  const tick: Effect.Effect<void> = Effect.suspend(() => {
    const now = clock.unsafeCurrentTimeNanos()
    for (const call of pending) {
      if (call.at > now) {
        return Effect.zipRight(clock.sleep(Duration.nanos(call.at - now)), tick)
      }
      pending.delete(call)
      call.expire()
    }
    timer = undefined
    return Effect.void
  })
  const start = () => {
    timer ??= Runtime.runFork(runtime)(tick)
  }
  const stop = () => {
    timer?.unsafeInterruptAsFork(FiberId.none)
    timer = undefined
  }

  return (self, onTimeout) =>
    Effect.flatMap(Effect.runtime<Effect.Effect.Context<typeof self>>(), (caller) =>
      Effect.async((resume) => {
        const fiber = Runtime.runFork(caller)(self)
        const call: Pending = {
          at: clock.unsafeCurrentTimeNanos() + nanos,
          expire: () => {
            fiber.unsafeInterruptAsFork(FiberId.none)
            resume(Effect.fail(onTimeout()))
          }
        }
        pending.add(call)
        start()
        fiber.addObserver((exit) => {
          pending.delete(call)
          if (pending.size === 0) {
            stop()
          }
          resume(exit)
        })
        return Fiber.interrupt(fiber)
      })
    )
})
