import { Operation, PluginManager, PluginManagerError, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Clock, Effect, Fiber, Random, Schema, TestClock } from "effect"

const busy = { errcode: -1, errmsg: "system error" }
const ok = { errcode: 0, errmsg: "ok", plugin_list: [] }

/** answers the replies in turn, and the last one for ever */
const transport = (...replies: ReadonlyArray<object | PluginManagerError.WechatTransportError>) => {
  let calls = 0
  const service: Transport.Transport.Service = {
    call: () =>
      Effect.suspend(() => {
        const next = replies[Math.min(calls++, replies.length - 1)]!
        return next instanceof PluginManagerError.WechatTransportError
          ? Effect.fail(next)
          : Effect.succeed(Transport.reply(next))
      })
  }
  return { calls: () => calls, provide: Effect.provideService(Transport.Transport, service) }
}

const lost = (reason: PluginManagerError.TransportReason) =>
  new PluginManagerError.WechatTransportError({
    api: "x",
    reason,
    description: "d",
    isRetryable: PluginManagerError.WechatTransportError.isTransient(reason)
  })

const apply = Operation.call(
  Operation.make({
    api: "pluginManager.applyPlugin",
    path: "/wxa/plugin",
    action: "apply",
    idempotent: false,
    success: Schema.Unknown,
    errors: []
  })
)

describe("retryTransient", () => {
  it.effect("repeats what may pass, up to three times, with growing pauses", () =>
    Effect.gen(function* () {
      const { calls, provide } = transport(busy)
      const fiber = yield* PluginManager.getPluginList.pipe(
        PluginManager.retryTransient,
        provide,
        Effect.flip,
        Effect.fork
      )
      yield* TestClock.adjust("150 millis")
      assert.strictEqual(calls(), 1)
      yield* TestClock.adjust("100 millis")
      assert.strictEqual(calls(), 2)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "WechatSystemError")
      assert.strictEqual(calls(), 4)
    })
  )

  it.effect("never repeats an operation that is not idempotent, whichever copy of this package made the error", () =>
    Effect.gen(function* () {
      // what a transport that was bundled with another copy of this package fails with
      const foreign = Object.assign(new Error("reset"), {
        _tag: "WechatTransportError",
        api: "x",
        reason: "connection",
        description: "d",
        isRetryable: true
      }) as unknown as PluginManagerError.WechatTransportError
      let calls = 0
      const service: Transport.Transport.Service = {
        call: () =>
          Effect.suspend(() => {
            calls++
            return Effect.fail(foreign)
          })
      }
      const error = yield* PluginManager.applyPlugin({ pluginAppid: "wx1" }).pipe(
        PluginManager.retryTransient,
        Effect.flip,
        Effect.provideService(Transport.Transport, service)
      )
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", isRetryable: false })
      assert.strictEqual(calls, 1)
    })
  )

  it.effect("pauses for some 0.2, 0.4 and 0.8 seconds, and not all callers for the same", () =>
    Effect.gen(function* () {
      const callers = Array.from({ length: 30 }, () => {
        const times: Array<number> = []
        const call = () =>
          Effect.map(Clock.currentTimeMillis, (now) => {
            times.push(now)
            return Transport.reply(busy)
          })
        const run = PluginManager.getPluginList.pipe(
          PluginManager.retryTransient,
          Effect.provideService(Transport.Transport, { call }),
          Effect.flip
        )
        return { run, pauses: () => times.slice(1).map((time, retry) => time - times[retry]!) }
      })
      const fiber = yield* Effect.fork(
        Effect.forEach(callers, ({ run }) => run, { concurrency: "unbounded", discard: true })
      )
      // a step is shorter than what tells two pauses apart
      yield* Effect.replicateEffect(TestClock.adjust("10 millis"), 200, { discard: true })
      yield* Fiber.join(fiber)
      for (const [retry, base] of [200, 400, 800].entries()) {
        const sorted = callers.map(({ pauses }) => pauses()[retry]!).sort((a, b) => a - b)
        const [shortest, longest] = [sorted[0]!, sorted.at(-1)!]
        assert.isAtLeast(shortest, 0.8 * base)
        assert.isAtMost(longest, 1.2 * base)
        assert.isBelow(shortest, 0.9 * base)
        assert.isAbove(longest, 1.1 * base)
      }
    }).pipe(Effect.withRandom(Random.make("pauses")))
  )

  it.effect("ends with the first success", () =>
    Effect.gen(function* () {
      const { calls, provide } = transport(lost("timeout"), busy, ok)
      const fiber = yield* PluginManager.getPluginList.pipe(PluginManager.retryTransient, provide, Effect.fork)
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* Fiber.join(fiber), [])
      assert.strictEqual(calls(), 3)
    })
  )

  it.effect("does not repeat what does not pass by itself", () =>
    Effect.gen(function* () {
      for (const reply of [
        { errcode: 45011 },
        { errcode: 45009 },
        { errcode: 40001 },
        { errcode: 89236 },
        { errcode: 7 },
        {},
        lost("size"),
        lost("redirect"),
        lost("credential")
      ]) {
        const { calls, provide } = transport(reply, ok)
        yield* PluginManager.getPluginList.pipe(PluginManager.retryTransient, provide, Effect.flip)
        assert.strictEqual(calls(), 1, JSON.stringify(reply))
      }
    })
  )

  it.effect("never repeats an operation that is not idempotent, and its errors say so", () =>
    Effect.gen(function* () {
      for (const reply of [busy, lost("timeout"), lost("connection")]) {
        const { calls, provide } = transport(reply, ok)
        const error = yield* apply.pipe(PluginManager.retryTransient, provide, Effect.flip)
        assert.isFalse(error.isRetryable)
        assert.strictEqual(calls(), 1)
      }
    })
  )
})

describe("retryNextMinute", () => {
  it.effect("repeats once, when the next minute has begun, what WeChat refused for this one", () =>
    Effect.gen(function* () {
      yield* TestClock.adjust("20 seconds")
      const { calls, provide } = transport({ errcode: 45011, errmsg: "api minute-quota reach limit" })
      const fiber = yield* PluginManager.applyPlugin({ pluginAppid: "wx1", reason: "地图" }).pipe(
        PluginManager.retryNextMinute,
        provide,
        Effect.flip,
        Effect.fork
      )
      yield* TestClock.adjust("39 seconds")
      assert.strictEqual(calls(), 1)
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "MinuteQuotaExceeded")
      assert.strictEqual(calls(), 2)
    })
  )

  it.effect("has the answer of the next minute, and gives up with its caller", () =>
    Effect.gen(function* () {
      const busyMinute = { errcode: 45011, errmsg: "api minute-quota reach limit" }
      const answered = transport(busyMinute, ok)
      const left = transport(busyMinute, ok)
      const fiber = yield* PluginManager.getPluginList.pipe(
        PluginManager.retryNextMinute,
        answered.provide,
        Effect.fork
      )
      const leaving = yield* PluginManager.getPluginList.pipe(PluginManager.retryNextMinute, left.provide, Effect.fork)
      yield* TestClock.adjust("59 seconds")
      yield* Fiber.interrupt(leaving)
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(yield* Fiber.join(fiber), [])
      assert.deepStrictEqual([answered.calls(), left.calls()], [2, 1])
    })
  )

  it("neither needs nor changes anything", () => {
    expectTypeOf(PluginManager.retryNextMinute(PluginManager.getPluginList)).toEqualTypeOf(PluginManager.getPluginList)
  })

  it.effect("passes on everything else at once", () =>
    Effect.gen(function* () {
      const { calls, provide } = transport({ errcode: 45009 })
      const error = yield* PluginManager.getPluginList.pipe(PluginManager.retryNextMinute, provide, Effect.flip)
      assert.deepStrictEqual([error._tag, calls()], ["DailyQuotaExceeded", 1])
    })
  )
})
