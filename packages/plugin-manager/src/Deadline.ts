/**
 * One timer for all calls of a transport. For those who write a transport: an `Effect.timeout` a call costs as much as
 * the rest of the call.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as Runtime from "effect/Runtime"

interface Pending {
  readonly at: number
  readonly expire: () => void
}

/**
 * Bounds effects in time, by the Clock of the layer that makes it: the returned function interrupts an effect that is not
 * done within `timeout` and fails with `onTimeout` at once. The timer runs only while something is pending, so that it
 * keeps no idle process alive.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = Effect.fnUntraced(function* (timeout: Duration.DurationInput) {
  const millis = Duration.toMillis(timeout)
  const runtime = yield* Effect.runtime()
  const clock = yield* Effect.clock
  /** in the order of their deadlines, since all have the same timeout */
  const pending = new Set<Pending>()
  let timer: Fiber.RuntimeFiber<void> | undefined

  const tick: Effect.Effect<void> = Effect.suspend(() => {
    const now = clock.unsafeCurrentTimeMillis()
    for (const call of pending) {
      if (call.at > now) {
        return Effect.zipRight(clock.sleep(Duration.millis(call.at - now)), tick)
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
  yield* Effect.addFinalizer(() => Effect.sync(stop))

  return <A, E, R, E2>(self: Effect.Effect<A, E, R>, onTimeout: () => E2): Effect.Effect<A, E | E2, R> =>
    Effect.uninterruptibleMask((restore) =>
      // a daemon, so that a caller who was told of the deadline need not wait for what cannot be interrupted
      Effect.flatMap(Effect.forkDaemon(restore(self)), (fiber) => {
        const result = Effect.async<A, E | E2>((resume) => {
          const call: Pending = {
            at: clock.unsafeCurrentTimeMillis() + millis,
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
        })
        return Effect.onInterrupt(restore(result), () => Fiber.interrupt(fiber))
      })
    )
})
