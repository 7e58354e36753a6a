import { hasRedis } from "@effect-wechat/test-support/redisServer"
import { assert, describe } from "@effect/vitest"
import { Effect } from "effect"
import { moreThanHalfAMinute, scenario, type Stage } from "./stage.js"

/** What an attack, or another program, may leave under the token's key. */
const garbage = [
  '{"value":"","expiresAt":99999999999999,"lifetime":7200000}',
  '{"value":"","expiresAt":99999999999999}',
  '{"value":"\\ud800","expiresAt":99999999999999,"lifetime":7200000}',
  '{"value":"a token","expiresAt":99999999999999,"lifetime":99999999999999}',
  '{"value":"a\\nb","expiresAt":1e999,"lifetime":-1}',
  "[]",
  "null",
  "no JSON"
]

const keyOfToken = ({ client }: Stage) =>
  Effect.map(
    Effect.promise(() => client.keys("*:stable*")),
    (keys) => keys.find((key) => !/:(?:lease|pause|forced)$/.test(key))!
  )

describe.skipIf(!hasRedis)("four machines that share a Redis", () => {
  scenario("Redis is emptied", ({ client, report }) =>
    Effect.gen(function* () {
      yield* Effect.promise(() => client.flushall())
      const { failed, forced, normal } = yield* report()
      assert.deepStrictEqual({ failed, forced, normal }, { failed: 0, forced: 0, normal: 0 })
    })
  )

  scenario("Redis is emptied, then a death that WeChat does not notice", ({ client, die, report }) =>
    Effect.gen(function* () {
      yield* Effect.promise(() => client.flushall())
      yield* die({ stale: true })
      const { failed, forced } = yield* report()
      assert.deepStrictEqual({ failed, forced }, { failed: 0, forced: 1 })
    })
  )

  scenario("Redis has garbage in place of the token", (stage) =>
    Effect.gen(function* () {
      const { client, die, machines, report, settle, startMachine } = stage
      const key = yield* keyOfToken(stage)
      for (const value of garbage) {
        yield* Effect.promise(() => client.set(key, value))
        yield* die()
        yield* settle
      }
      yield* Effect.promise(() => client.set(key, garbage[0]!))
      const another = yield* startMachine()
      const { failed, forced, normal } = yield* report()
      assert.deepStrictEqual({ failed, forced }, { failed: 0, forced: 0 })
      assert.isAtMost(normal, garbage.length * machines.length + 1)
      yield* Effect.repeat(another.counts, { until: ({ listed }) => listed > 0 })
      assert.deepStrictEqual(another.tags, {})
    })
  )

  scenario("Redis is paused", ({ redis, report }) =>
    Effect.gen(function* () {
      yield* redis.pause
      const { failed, forced, normal } = yield* report()
      assert.deepStrictEqual({ failed, forced, normal }, { failed: 0, forced: 0, normal: 0 })
      yield* redis.resume
    })
  )

  const outage = (gone: (stage: Stage) => Effect.Effect<void>, back: (stage: Stage) => Effect.Effect<void>) =>
    function* (stage: Stage) {
      const { die, pass, machines, mark, report, settle } = stage
      yield* gone(stage)
      yield* die({ stale: true })
      const during = yield* report()
      assert.strictEqual(during.failed, 0)
      // who cannot see the others forces one himself; WeChat takes all but the first for normal requests
      assert.isAtMost(during.forced, machines.length)

      yield* back(stage)
      // a machine looks for the store again when it needs a token, so the first death after an outage may find some of them too early
      yield* pass(moreThanHalfAMinute)
      yield* die({ stale: true })
      yield* settle
      yield* pass(moreThanHalfAMinute)
      yield* mark
      yield* die({ stale: true })
      const after = yield* report(`${during.scenario}, and another when it is back`)
      assert.deepStrictEqual({ failed: after.failed, forced: after.forced }, { failed: 0, forced: 1 })
    }

  const paused = outage(
    ({ redis }) => redis.pause,
    ({ redis }) => redis.resume
  )
  scenario("a death that WeChat does not notice while Redis is paused", (stage) => Effect.gen(() => paused(stage)))

  const killed = outage(
    ({ redis }) => redis.stop,
    ({ redis }) => redis.restart
  )
  scenario("a death that WeChat does not notice while Redis is away", (stage) => Effect.gen(() => killed(stage)))
})
