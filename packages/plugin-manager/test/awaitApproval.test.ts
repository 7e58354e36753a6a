import { PluginManager, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Context, Effect, Fiber, Schedule, TestClock } from "effect"

const pluginAppid = "wx4418e3e031e551be"

const plugin = (status: number, reason?: string) => ({
  appid: pluginAppid,
  status,
  nickname: "腾讯位置服务路线规划",
  headimgurl: "http://wx.qlogo.cn/0",
  ...(reason === undefined ? {} : { reason })
})
const listing = (...plugins: ReadonlyArray<object>) => ({ errcode: 0, errmsg: "ok", plugin_list: plugins })
const other = { ...plugin(2), appid: "wx0000000000000002" }
const busy = { errcode: -1, errmsg: "system error" }

/** answers the replies in turn, and the last one for ever */
const answering = (...replies: ReadonlyArray<object>) => {
  let calls = 0
  const layer = Transport.layerTest({
    "pluginManager.getPluginList": () => Effect.sync(() => replies[Math.min(calls++, replies.length - 1)])
  })
  return { calls: () => calls, layer }
}

const schedule = Schedule.spaced("10 minutes").pipe(Schedule.intersect(Schedule.recurs(5)))
const approval = Effect.suspend(() => PluginManager.awaitApproval({ pluginAppid, schedule }))

describe("awaitApproval", () => {
  it.effect("looks again by the schedule until the application is approved", () =>
    Effect.gen(function* () {
      const { calls, layer } = answering(listing(other, plugin(1)), listing(plugin(1)), listing(other, plugin(2)))
      const fiber = yield* Effect.fork(Effect.provide(approval, layer))
      yield* TestClock.adjust("599 seconds")
      assert.strictEqual(calls(), 1)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(calls(), 2)
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual(yield* Fiber.join(fiber), { ...plugin(2), status: "approved" })
      assert.strictEqual(calls(), 3)
    })
  )

  it.effect("stops where the application is decided otherwise, and says why", () =>
    Effect.gen(function* () {
      for (const [reply, expected] of [
        [listing(plugin(3, "仅限本市")), { _tag: "ApplicationRefused", reason: "仅限本市" }],
        [listing(plugin(3)), { _tag: "ApplicationRefused" }],
        [listing(plugin(4, "逾期")), { _tag: "ApplicationTimedOut", reason: "逾期" }],
        [listing(), { _tag: "PluginNotAppliedFor" }],
        [listing(other), { _tag: "PluginNotAppliedFor" }]
      ] as const) {
        const { calls, layer } = answering(reply, listing(plugin(2)))
        const error = yield* Effect.flip(Effect.provide(approval, layer))
        assert.deepStrictEqual(JSON.parse(JSON.stringify(error)), { pluginAppid, isRetryable: false, ...expected })
        assert.strictEqual(calls(), 1)
      }
    })
  )

  it.effect("fails while the application is still pending when the schedule ends; an unknown state is pending", () =>
    Effect.gen(function* () {
      const { calls, layer } = answering(listing(plugin(1)), listing(plugin(7)))
      const fiber = yield* Effect.fork(Effect.flip(Effect.provide(approval, layer)))
      yield* TestClock.adjust("1 hour")
      const error: object = yield* Fiber.join(fiber)
      assert.deepInclude({ ...error }, { _tag: "ApplicationUndecided", pluginAppid, status: "unknown:7" })
      assert.strictEqual(calls(), 6)
    })
  )

  it.effect("goes on over a trouble that passes, and stops at one that does not", () =>
    Effect.gen(function* () {
      const passing = answering(busy, listing(plugin(1)), busy, listing(plugin(2)))
      const fiber = yield* Effect.fork(Effect.provide(approval, passing.layer))
      yield* TestClock.adjust("30 minutes")
      assert.strictEqual((yield* Fiber.join(fiber)).status, "approved")
      const lasting = answering({ errcode: 48001, errmsg: "api unauthorized" }, listing(plugin(2)))
      assert.strictEqual((yield* Effect.flip(Effect.provide(approval, lasting.layer)))._tag, "NotAuthorized")
      assert.strictEqual(lasting.calls(), 1)
    })
  )

  it.effect("is not repeated by retryTransient: its own schedule has done that", () =>
    Effect.gen(function* () {
      for (const reply of [listing(plugin(1)), busy]) {
        const { calls, layer } = answering(reply)
        const patient = PluginManager.retryTransient(approval)
        const fiber = yield* Effect.fork(Effect.flip(Effect.provide(patient, layer)))
        yield* TestClock.adjust("10 hours")
        const error = yield* Fiber.join(fiber)
        assert.isFalse(error.isRetryable)
        assert.strictEqual(calls(), 6)
      }
    })
  )

  it("takes any schedule, with what it requires", () => {
    class Pace extends Context.Tag("Pace")<Pace, number>() {}
    const paced = Schedule.forever.pipe(Schedule.addDelayEffect(() => Effect.map(Pace, (pace) => pace)))
    expectTypeOf<Effect.Effect.Context<typeof approval>>().toEqualTypeOf<Transport.Transport>()
    const approvalAtPace = PluginManager.awaitApproval({ pluginAppid, schedule: paced })
    expectTypeOf<Effect.Effect.Context<typeof approvalAtPace>>().toEqualTypeOf<Transport.Transport | Pace>()
  })
})
