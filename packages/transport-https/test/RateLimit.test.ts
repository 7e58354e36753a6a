import { PluginManager, Transport } from "@effect-wechat/plugin-manager"
import * as RateLimit from "@effect-wechat/transport-https/RateLimit"
import { RateLimiter } from "@effect/experimental"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Logger, Option, TestClock } from "effect"
import { hasRedis, redisServer } from "@effect-wechat/test-support/redisServer"
import { limiterInRedis, limiterOut } from "./platform.js"

const counting = () => {
  let calls = 0
  const layer = Transport.layerTest({
    "pluginManager.getPluginList": () => Effect.sync(() => ({ errcode: 0, plugin_list: [], calls: ++calls }))
  })
  return { layer, calls: () => calls }
}

const memory = Layer.provide(RateLimiter.layer, RateLimiter.layerStoreMemory)

it.effect("calls wait for their turn, app by app", () => {
  const one = counting()
  const two = counting()
  const limited = (key: string, layer: Layer.Layer<Transport.Transport>) =>
    Effect.provide(RateLimit.layer({ key, limit: 3 }).pipe(Layer.provide(layer)))
  return Effect.gen(function* () {
    const calls = Effect.all(
      Array.from({ length: 6 }, () => PluginManager.getPluginList),
      { concurrency: "unbounded" }
    )
    const fiber = yield* Effect.fork(calls.pipe(limited("wx1", one.layer)))
    const other = yield* Effect.fork(calls.pipe(limited("wx2", two.layer)))
    yield* TestClock.adjust("1 second")
    assert.deepStrictEqual([one.calls(), two.calls()], [3, 3])
    yield* TestClock.adjust("19 seconds")
    assert.strictEqual(one.calls(), 4)
    yield* TestClock.adjust("1 minute")
    assert.deepStrictEqual([one.calls(), two.calls()], [6, 6])
    yield* Fiber.joinAll([fiber, other])
  }).pipe(Effect.provide(memory))
})

it.effect("the turn of a caller that is interrupted is nobody's", () => {
  const { calls, layer } = counting()
  return Effect.gen(function* () {
    const call = Effect.fork(PluginManager.getPluginList)
    yield* call
    yield* TestClock.adjust("1 second")
    const waiting = yield* call
    const next = yield* call
    yield* TestClock.adjust("1 second")
    yield* Fiber.interrupt(waiting)
    yield* TestClock.adjust("117 seconds")
    assert.strictEqual(calls(), 1)
    yield* TestClock.adjust("2 seconds")
    assert.strictEqual(calls(), 2)
    yield* Fiber.join(next)
  }).pipe(Effect.provide(RateLimit.layer({ key: "wx1", limit: 1 }).pipe(Layer.provide([layer, memory]))))
})

it.effect("after a rest, no more than twice the limit falls into one window", () => {
  const { calls, layer } = counting()
  return Effect.gen(function* () {
    const fiber = yield* Effect.fork(
      Effect.all(
        Array.from({ length: 40 }, () => PluginManager.getPluginList),
        { concurrency: "unbounded", discard: true }
      )
    )
    yield* TestClock.adjust("59 seconds")
    assert.strictEqual(calls(), 19)
    yield* TestClock.adjust("1 minute")
    assert.strictEqual(calls(), 29)
    yield* Fiber.interrupt(fiber)
  }).pipe(Effect.provide(RateLimit.layer({ key: "wx1", limit: 10 }).pipe(Layer.provide([layer, memory]))))
})

it.effect("a limiter that cannot be reached stops nobody, and is told of", () => {
  const { calls, layer } = counting()
  const lines: Array<unknown> = []
  return Effect.gen(function* () {
    yield* PluginManager.getPluginList
    assert.strictEqual(calls(), 1)
    assert.lengthOf(lines, 1)
    assert.notInclude(JSON.stringify(lines), "s3cret")
  }).pipe(
    Effect.provide(RateLimit.layer({ key: "wx1", limit: 3 })),
    Effect.provide([layer, limiterOut("s3cret")]),
    Effect.provide(
      Logger.replace(
        Logger.defaultLogger,
        Logger.make(({ message }) => lines.push(message))
      )
    )
  )
})

describe.skipIf(!hasRedis)("with redis-server", () => {
  it.scopedLive("machines that share a limiter in Redis share its turns", () =>
    Effect.gen(function* () {
      const { url } = yield* redisServer
      const { calls, layer } = counting()
      const machine = Effect.map(
        Layer.build(
          RateLimit.layer({ key: "wx1", limit: 3, window: "1 hour" }).pipe(
            Layer.provide(layer),
            Layer.provide(limiterInRedis(url))
          )
        ),
        (context) => Effect.provide(PluginManager.getPluginList, context)
      )
      const [one, two] = [yield* machine, yield* machine]
      yield* Effect.all([one, two, one])
      // the fourth would have to wait for twenty minutes
      assert.isTrue(Option.isNone(yield* Effect.timeoutOption(two, "300 millis")))
      assert.strictEqual(calls(), 3)
    })
  )
})
