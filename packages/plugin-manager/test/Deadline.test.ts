import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { assert, describe, it } from "@effect/vitest"
import { type Duration, Effect, Exit, Fiber, FiberRef, Ref, TestClock } from "effect"

const make = (timeout: Duration.DurationInput) =>
  Effect.map(
    Deadline.make(timeout),
    (start) =>
      <A, E, R, E2>(self: Effect.Effect<A, E, R>, onTimeout: () => E2) =>
        Effect.suspend(() => Deadline.within(start(), self, onTimeout))
  )

describe("Deadline", () => {
  it.effect("one that is armed late, and again, still ends in time, whatever else is pending", () =>
    Effect.gen(function* () {
      const start = yield* Deadline.make("10 seconds")
      const expired: Array<string> = []
      const arm = (name: string, deadline: Deadline.Deadline) => deadline.arm(() => expired.push(name))
      const early = start()
      const disarm = arm("disarmed", early)
      yield* TestClock.adjust("4 seconds")
      arm("later", start())
      disarm()
      arm("early", early)
      yield* TestClock.adjust("5999 millis")
      assert.deepStrictEqual(expired, [])
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(expired, ["early"])
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(expired, ["early", "later"])
    })
  )

  it.effect("one that has passed when it is armed ends after that, and those behind it in time", () =>
    Effect.gen(function* () {
      const start = yield* Deadline.make("10 seconds")
      const expired: Array<string> = []
      const early = start()
      yield* TestClock.adjust("11 seconds")
      const disarm = early.arm(() => expired.push(`early, ${typeof disarm}`))
      start().arm(() => expired.push("later"))
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(expired, ["early, function", "later"])
    })
  )

  it.live("keeps no timer when nothing is pending, also where it was made uninterruptible", () =>
    Effect.gen(function* () {
      const clock = yield* Effect.clock
      const ends: Array<Exit.Exit<void>> = []
      const sleep = (duration: Duration.Duration) =>
        Effect.onExit(clock.sleep(duration), (exit) => Effect.sync(() => ends.push(exit)))
      const counted = { ...clock, unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(), sleep }
      const start = yield* Effect.uninterruptible(Effect.withClock(Deadline.make("1 minute"), counted))
      const disarm = start().arm(() => {})
      yield* Effect.sleep("5 millis")
      assert.lengthOf(ends, 0)
      disarm()
      yield* Effect.sleep("5 millis")
      assert.deepStrictEqual(ends.map(Exit.isInterrupted), [true])
    })
  )

  it.scoped("lets a result through and fails what is late, each at its own time", () =>
    Effect.gen(function* () {
      const within = yield* make("10 seconds")
      const interrupted = yield* Ref.make(0)
      const never = Effect.onInterrupt(Effect.never, () => Ref.update(interrupted, (n) => n + 1))
      assert.strictEqual(yield* within(Effect.succeed(1), () => "late"), 1)
      assert.strictEqual(yield* Effect.flip(within(Effect.fail("no"), () => "late")), "no")

      const first = yield* Effect.fork(Effect.flip(within(never, () => "first is late")))
      yield* TestClock.adjust("4 seconds")
      const second = yield* Effect.fork(Effect.flip(within(never, () => "second is late")))
      const quick = yield* Effect.fork(within(Effect.delay(Effect.succeed("done"), "3 seconds"), () => "late"))
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(yield* Fiber.join(quick), "done")
      yield* TestClock.adjust("2999 millis")
      assert.isNull(first.unsafePoll())
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(yield* Fiber.join(first), "first is late")
      assert.isNull(second.unsafePoll())
      yield* TestClock.adjust("4 seconds")
      assert.strictEqual(yield* Fiber.join(second), "second is late")
      assert.strictEqual(yield* Ref.get(interrupted), 2)
    })
  )

  it.scoped("passes an interruption on, and a later call has its full time", () =>
    Effect.gen(function* () {
      const within = yield* make("10 seconds")
      const interrupted = yield* Ref.make(false)
      const never = Effect.onInterrupt(Effect.never, () => Ref.set(interrupted, true))
      const fiber = yield* Effect.fork(within(never, () => "late"))
      yield* TestClock.adjust("9 seconds")
      yield* Fiber.interrupt(fiber)
      assert.isTrue(yield* Ref.get(interrupted))
      const next = yield* Effect.fork(Effect.flip(within(Effect.never, () => "late")))
      yield* TestClock.adjust("9 seconds")
      assert.isNull(next.unsafePoll())
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual(yield* Fiber.join(next), "late")
    })
  )

  it.effect("holds for a call that outlives the fiber that made it", () =>
    Effect.gen(function* () {
      const within = yield* make("1 seconds")
      const fiber = yield* Effect.forkDaemon(Effect.flip(within(Effect.never, () => "late")))
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual(yield* Fiber.join(fiber), "late")
    })
  )

  it.live("goes by a clock that nobody sets back", () =>
    Effect.gen(function* () {
      const clock = yield* Effect.clock
      const setBack = {
        ...clock,
        unsafeCurrentTimeMillis: () => 0,
        unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(),
        sleep: (duration: Duration.Duration) => clock.sleep(duration)
      }
      const within = yield* Effect.withClock(make("10 millis"), setBack)
      assert.strictEqual(yield* Effect.flip(within(Effect.never, () => "late")), "late")
    })
  )

  it.scoped("does not wait for what cannot be interrupted", () =>
    Effect.gen(function* () {
      const within = yield* make("1 seconds")
      const fiber = yield* Effect.fork(Effect.flip(within(Effect.uninterruptible(Effect.never), () => "late")))
      yield* TestClock.adjust("1 seconds")
      assert.strictEqual(yield* Fiber.join(fiber), "late")
    })
  )

  it.scoped("a call sees the caller's fiber references, and a defect stays one", () =>
    Effect.gen(function* () {
      const within = yield* make("1 seconds")
      const ref = yield* FiberRef.make("initial")
      assert.strictEqual(
        yield* Effect.locally(
          within(FiberRef.get(ref), () => "late"),
          ref,
          "mine"
        ),
        "mine"
      )
      const exit = yield* Effect.exit(within(Effect.die("bug"), () => "late"))
      assert.deepStrictEqual(exit, Exit.die("bug"))
    })
  )

  it.scoped("a callback that throws does not keep the others from expiring, nor later calls", () =>
    Effect.gen(function* () {
      const start = yield* Deadline.make("1 seconds")
      const expired: Array<string> = []
      start().arm(() => {
        throw new Error("a bug of a transport")
      })
      start().arm(() => expired.push("second"))
      yield* TestClock.adjust("1 seconds")
      assert.deepStrictEqual(expired, ["second"])
      start().arm(() => expired.push("third"))
      yield* TestClock.adjust("1 seconds")
      assert.deepStrictEqual(expired, ["second", "third"])
    })
  )

  it.scoped("calls expire in the order of their deadlines, whatever the order in which they were armed", () =>
    Effect.gen(function* () {
      const start = yield* Deadline.make("10 seconds")
      const expired: Array<number> = []
      const deadlines = [start()]
      for (let at = 1; at < 4; at++) {
        yield* TestClock.adjust("1 seconds")
        deadlines.push(start())
      }
      const disarm = [2, 0, 3, 1].map((at) => deadlines[at]!.arm(() => expired.push(at)))
      // taken out of the middle of the list
      disarm[3]!()
      // a deadline may be armed again for the next step of its call
      deadlines[0]!.arm(() => expired.push(10))
      yield* TestClock.adjust("7 seconds")
      assert.deepStrictEqual(expired, [0, 10])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(expired, [0, 10, 2, 3])
    })
  )

  it.scoped("an earlier deadline that is armed while the timer sleeps expires at its own time", () =>
    Effect.gen(function* () {
      const start = yield* Deadline.make("10 seconds")
      const expired: Array<string> = []
      const earlier = start()
      yield* TestClock.adjust("5 seconds")
      const later = start()
      later.arm(() => expired.push("later"))
      yield* TestClock.adjust("1 seconds")
      earlier.arm(() => expired.push("earlier"))
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(expired, ["earlier"])
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(expired, ["earlier", "later"])
    })
  )
})
