import { Fault } from "@effect-wechat/emulator"
import { hasRedis } from "@effect-wechat/test-support/redisServer"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { moreThanHalfAMinute, scenario } from "./stage.js"

describe.skipIf(!hasRedis)("four machines that share a Redis", () => {
  scenario("a second such death, 30 s too early", ({ allFail, die, pass, mark, refuse, report, settle }) =>
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
      yield* pass(moreThanHalfAMinute)
      yield* settle
      const { forced, normal } = yield* report()
      assert.isAtMost(forced, 1)
      assert.isAtMost(normal, 12)
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
        const begin = Effect.all([stage.pass(almostTwoHours), stage.settle])
        const perSecond = yield* stage.refuse((order) => Fault.errcode(errcode, order), begin)
        const { failed } = yield* stage.report()
        assert.isAtMost(perSecond, 1)
        assert.strictEqual(failed, 0)
      })
    )
  })
})
