/**
 * One timer for all calls of a transport. For those who write a transport: with many calls in flight, an `Effect.timeout` for
 * each costs as much as the rest of the call. Not part of the index: import it as `@effect-wechat/plugin-manager/Deadline`.
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
 * The deadline of one call. It may be armed several times, for each step of the call.
 *
 * @since 0.1.0
 * @category models
 */
export interface Deadline {
  /** Calls `expire` at the deadline, unless the function that it returns is called before. */
  readonly arm: (expire: () => void) => () => void
}

/** A callback that waits for its time, linked into the list of its timer. */
class Pending {
  next: Pending = this
  previous: Pending = this

  constructor(
    /** nanoseconds of a monotonic clock */
    readonly at: bigint,
    readonly expire: () => void
  ) {}

  insertAfter(other: Pending) {
    this.previous = other
    this.next = other.next
    this.next.previous = this
    other.next = this
  }

  remove() {
    this.previous.next = this.next
    this.next.previous = this.previous
    this.next = this.previous = this
  }

  get isAlone() {
    return this.next === this
  }
}

/**
 * The calls of a transport have one timeout, so they expire almost always in the order in which they began: in a list that is sorted by
 * time, adding and removing one costs nothing. The timer's fiber runs only while something is pending, so it does not keep an idle process
 * alive.
 */
class Timer {
  /** before the earliest and after the latest: no call is due earlier than at 0 */
  private readonly ends = new Pending(0n, () => {})
  private fiber: Fiber.RuntimeFiber<void> | undefined

  constructor(
    readonly clock: Clock.Clock,
    private readonly runtime: Runtime.Runtime<never>
  ) {}

  add(call: Pending) {
    let before = this.ends.previous
    while (before.at > call.at) {
      before = before.previous
    }
    call.insertAfter(before)
    const isEarliest = before === this.ends
    if (this.fiber === undefined || (isEarliest && call.next !== this.ends)) {
      this.stop()
      // not immediate: nothing may expire before `arm` has returned
      this.fiber = Runtime.runFork(this.runtime)(this.tick, { immediate: false })
    }
  }

  delete(call: Pending) {
    call.remove()
    if (this.ends.isAlone) {
      this.stop()
    }
  }

  private stop() {
    this.fiber?.unsafeInterruptAsFork(FiberId.none)
    this.fiber = undefined
  }

  private readonly tick: Effect.Effect<void> = Effect.suspend(() => {
    const now = this.clock.unsafeCurrentTimeNanos()
    const first = this.ends.next
    if (first === this.ends) {
      this.fiber = undefined
      return Effect.void
    }
    if (first.at > now) {
      return Effect.zipRight(this.clock.sleep(Duration.nanos(first.at - now)), this.tick)
    }
    first.remove()
    // a callback that throws must not keep the others from expiring
    return Effect.zipRight(Effect.exit(Effect.sync(first.expire)), this.tick)
  })
}

/** A class, since there is one for each call and methods cost less than closures. */
class Expiry implements Deadline {
  constructor(
    private readonly timer: Timer,
    private readonly at: bigint
  ) {}

  arm(expire: () => void) {
    const call = new Pending(this.at, expire)
    this.timer.add(call)
    return () => this.timer.delete(call)
  }
}

/**
 * Makes the function that starts the deadline of each call. Time is that of the Clock of the fiber that runs this.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = Effect.fnUntraced(function* (timeout: Duration.DurationInput): Effect.fn.Return<() => Deadline> {
  const nanos = Duration.unsafeToNanos(Duration.min(timeout, "1000 days"))
  // a layer may be built in an uninterruptible region, where the timer could never be stopped
  const timer = new Timer(yield* Effect.clock, yield* Effect.interruptible(Effect.runtime()))
  return () => new Expiry(timer, timer.clock.unsafeCurrentTimeNanos() + nanos)
})

/**
 * Runs an effect until the deadline. Then it interrupts the effect and fails with `onTimeout` at once, without waiting for regions that
 * cannot be interrupted.
 *
 * **When to use** for effects. It costs a fiber; use `arm` for something that ends with a callback.
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
        resume(Effect.fail(onTimeout()))
        fiber.unsafeInterruptAsFork(FiberId.none)
      })
      fiber.addObserver((exit) => {
        disarm()
        resume(exit)
      })
      return Fiber.interrupt(fiber)
    })
  )
