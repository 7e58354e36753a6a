import { Fault } from "@effect-wechat/emulator"
import { hasRedis } from "@effect-wechat/test-support/redisServer"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { moreThanHalfAMinute, scenario } from "./stage.js"

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

  scenario("three deaths that WeChat does not notice", ({ die, pass, report, settle }) =>
    Effect.gen(function* () {
      for (const _ of [1, 2, 3]) {
        yield* pass(moreThanHalfAMinute)
        yield* die({ stale: true })
        yield* settle
      }
      const { deaths, failed, forced, normal } = yield* report()
      assert.strictEqual(failed, 0)
      assert.strictEqual(forced, deaths)
      assert.isAtMost(normal, machines * deaths)
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
    ({ die, pass, report, settle }) =>
      Effect.gen(function* () {
        for (const _ of [1, 2, 3]) {
          yield* pass(moreThanHalfAMinute)
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
    ({ pass, report, settle }) =>
      Effect.gen(function* () {
        for (const minutes of [105, 5, 5, 5, 5, 5, 5]) {
          yield* pass(minutes * 60_000)
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
