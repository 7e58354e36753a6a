import { Fault } from "@effect-wechat/emulator"
import { hasRedis } from "@effect-wechat/test-support/redisServer"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { scenario } from "./stage.js"

const machines = 4

const poll = (condition: () => boolean) => Effect.repeat(Effect.sleep("10 millis"), { until: condition })

describe.skipIf(!hasRedis)("four machines that share a Redis", () => {
  scenario("three deaths", ({ die, report, settle }) =>
    Effect.gen(function* () {
      for (const errcode of [40001, 40014, 42001] as const) {
        yield* die({ errcode })
        yield* settle
      }
      const { deaths, failed, forced, normal } = yield* report()
      assert.strictEqual(failed, 0)
      assert.strictEqual(forced, 0)
      assert.isAtMost(normal, machines * deaths)
    })
  )

  scenario("three deaths that WeChat does not notice", ({ die, halfAMinute, report, settle }) =>
    Effect.gen(function* () {
      for (const _ of [1, 2, 3]) {
        yield* halfAMinute
        yield* die({ stale: true })
        yield* settle
      }
      const { deaths, failed, forced, normal } = yield* report()
      assert.strictEqual(failed, 0)
      assert.strictEqual(forced, deaths)
      assert.isAtMost(normal, machines * deaths)
    })
  )

  scenario("a second such death, 30 s too early", ({ allFail, die, halfAMinute, mark, refuse, report, settle }) =>
    Effect.gen(function* () {
      yield* die({ stale: true })
      yield* settle
      yield* mark
      // the token is dead, WeChat hands out no other, and none may be forced
      const perSecond = yield* refuse(
        // a fault that changes nothing
        (order) => Fault.delay(0, order),
        Effect.zipRight(die({ stale: true }), allFail)
      )
      assert.isAtMost(perSecond, 1)
      yield* halfAMinute
      yield* settle
      const { forced, normal } = yield* report()
      assert.isAtMost(forced, 1)
      assert.isAtMost(normal, 12)
    })
  )

  scenario("a death while WeChat takes 2 s for a token", ({ die, emulator, report }) =>
    Effect.gen(function* () {
      yield* emulator.fault(Fault.delay("2 seconds", { on: "token" }))
      yield* die()
      const { failed, forced, normal } = yield* report()
      assert.strictEqual(failed, 0)
      assert.strictEqual(forced, 0)
      assert.isAtMost(normal, machines)
    })
  )

  describe.each([
    ["answers 40125", (order: Fault.Order) => Fault.errcode(40125, order)],
    ["answers 45009", (order: Fault.Order) => Fault.errcode(45009, order)],
    ["answers -1", (order: Fault.Order) => Fault.errcode(-1, order)],
    ["resets the connection", Fault.reset],
    ["does not answer", Fault.hold]
  ])("while the token endpoint %s", (what, fault) => {
    scenario(
      `a death while the token endpoint ${what}`,
      ({ allFail, die, recover, refuse, report }) =>
        Effect.gen(function* () {
          const perSecond = yield* refuse(fault, Effect.zipRight(die(), allFail))
          yield* recover
          const { failed, forced } = yield* report()
          assert.isAtMost(perSecond, 1)
          assert.strictEqual(failed, 0)
          assert.strictEqual(forced, 0)
        }),
      // for the endpoint that does not answer
      { timeout: "2 seconds" }
    )
  })

  describe.each([40125, -1])("while the token endpoint answers %d", (errcode) => {
    scenario(`a token that is good for two more minutes, and ${errcode} for the next`, (stage) =>
      Effect.gen(function* () {
        const almostTwoHours = 118 * 60_000
        const begin = Effect.all([stage.emulator.advance(almostTwoHours), stage.advance(almostTwoHours), stage.settle])
        const perSecond = yield* stage.refuse((order) => Fault.errcode(errcode, order), begin)
        const { failed } = yield* stage.report()
        assert.isAtMost(perSecond, 1)
        assert.strictEqual(failed, 0)
      })
    )
  })

  scenario("the machine that asks for the next token is killed", ({ die, emulator, machines, report, tokenRequests }) =>
    Effect.gen(function* () {
      yield* emulator.fault(Fault.hold({ on: "token" }))
      yield* die({ stale: true })
      yield* Effect.repeat(tokenRequests, {
        until: (requests) => requests.some(({ reply }) => reply?.fault === "hold")
      })
      const holder = machines.find(({ isAsking }) => isAsking())
      yield* holder!.kill
      yield* poll(() => !holder!.isAlive())
      const { failed, forced } = yield* report()
      assert.strictEqual(failed, 0)
      assert.strictEqual(forced, 1)
    })
  )
})

describe.skipIf(!hasRedis)("four machines, of which two have clocks ten minutes apart", () => {
  const apart = { ahead: [0, 600_000, -600_000, 0] }

  scenario(
    "clocks apart: three deaths that WeChat does not notice",
    ({ die, halfAMinute, report, settle }) =>
      Effect.gen(function* () {
        for (const _ of [1, 2, 3]) {
          yield* halfAMinute
          yield* die({ stale: true })
          yield* settle
        }
        const { deaths, failed, forced, normal } = yield* report()
        assert.strictEqual(failed, 0)
        assert.strictEqual(forced, deaths)
        assert.isAtMost(normal, machines * deaths)
      }),
    apart
  )

  scenario(
    "clocks apart: a token comes to its end",
    ({ advance, emulator, report, settle }) =>
      Effect.gen(function* () {
        for (const minutes of [105, 5, 5, 5, 5, 5, 5]) {
          yield* emulator.advance(`${minutes} minutes`)
          yield* advance(minutes * 60_000)
          yield* settle
        }
        const { failed, forced, normal } = yield* report()
        assert.strictEqual(failed, 0)
        assert.strictEqual(forced, 0)
        assert.isAtMost(normal, 12)
      }),
    apart
  )
})
