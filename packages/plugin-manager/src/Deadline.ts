/**
 * One timer for all calls of a transport. For those who write a transport: where many calls are under way, an
 * `Effect.timeout` for each costs as much as the rest of the call.
 *
 * @since 0.1.0
 */
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as Runtime from "effect/Runtime"

/**
 * When one call is late.
 *
 * @since 0.1.0
 * @category models
 */
export interface Deadline {
  /** Calls `expire` when the time has come, unless what it returns is called before. */
  readonly arm: (expire: () => void) => () => void
}

interface Pending {
  /** nanoseconds of a clock that nobody sets back */
  readonly at: bigint
  readonly expire: () => void
}

/** It runs only while something is pending, so that it keeps no idle process alive. */
class Timer {
  private readonly pending = new Set<Pending>()
  private fiber: Fiber.RuntimeFiber<void> | undefined
  private wakesAt = 0n

  constructor(
    readonly clock: Clock.Clock,
    private readonly runtime: Runtime.Runtime<never>
  ) {}

  add(call: Pending) {
    this.pending.add(call)
    if (this.fiber === undefined || call.at < this.wakesAt) {
      this.stop()
      this.wakesAt = call.at
      // not at once: nothing may be late before `arm` has returned
      this.fiber = Runtime.runFork(this.runtime)(this.tick, { immediate: false })
    }
  }

  delete(call: Pending) {
    if (this.pending.delete(call) && this.pending.size === 0) {
      this.stop()
    }
  }

  private stop() {
    this.fiber?.unsafeInterruptAsFork(FiberId.none)
    this.fiber = undefined
  }

  private readonly tick: Effect.Effect<void> = Effect.suspend(() => {
    const now = this.clock.unsafeCurrentTimeNanos()
    let next: bigint | undefined
    for (const call of this.pending) {
      if (call.at <= now) {
        this.pending.delete(call)
        call.expire()
      } else if (next === undefined || call.at < next) {
        next = call.at
      }
    }
    if (next === undefined) {
      this.fiber = undefined
      return Effect.void
    }
    this.wakesAt = next
    return Effect.zipRight(this.clock.sleep(Duration.nanos(next - now)), this.tick)
  })
}

/** Made for each call: methods of a class cost less than closures. */
class Expiry implements Deadline {
  constructor(
    private readonly timer: Timer,
    private readonly at: bigint
  ) {}

  arm(expire: () => void) {
    const call: Pending = { at: this.at, expire }
    this.timer.add(call)
    return () => this.timer.delete(call)
  }
}

/**
 * Makes what starts the deadline of each call, by the Clock of the fiber that makes it.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = Effect.fnUntraced(function* (timeout: Duration.DurationInput): Effect.fn.Return<() => Deadline> {
  const nanos = Duration.unsafeToNanos(Duration.min(timeout, "1000 days"))
  // a layer may be built where nothing is interruptible, and its timer would keep the process alive
  const timer = new Timer(yield* Effect.clock, yield* Effect.interruptible(Effect.runtime()))
  return () => new Expiry(timer, timer.clock.unsafeCurrentTimeNanos() + nanos)
})

/**
 * Bounds an effect: interrupts it when it is late, and fails with `onTimeout` at once, without waiting for what cannot be
 * interrupted. It costs a fiber; what ends by a callback has less to pay with `arm`.
 *
 * @since 0.1.0
 * @category combinators
 */
export const within = <A, E, R, E2>(
  deadline: Deadline,
  self: Effect.Effect<A, E, R>,
  onTimeout: () => E2
): Effect.Effect<A, E | E2, R> =>
  Effect.flatMap(Effect.runtime<R>(), (caller) =>
    Effect.async((resume) => {
      const fiber = Runtime.runFork(caller)(self)
      const disarm = deadline.arm(() => {
        fiber.unsafeInterruptAsFork(FiberId.none)
        resume(Effect.fail(onTimeout()))
      })
      fiber.addObserver((exit) => {
        disarm()
        resume(exit)
      })
      return Fiber.interrupt(fiber)
    })
  )
