import { Emulator, Fault } from "@effect-wechat/emulator"
import { Transport } from "@effect-wechat/plugin-manager"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Context, Duration, Effect, Exit, Fiber, Layer, Option, Random, Redacted, Scope, TestClock } from "effect"
import { inTime } from "@effect-wechat/test-support/inTime"
import { withSleeps } from "@effect-wechat/test-support/sleeps"
import { key, machines, plainTransport, tokenRequests, withStore } from "./machines.js"
import { https, list } from "./support.js"

const { TokenStore: Tag } = TokenStore

describe("machines that share a store", () => {
  it.scoped("have one token between them", () =>
    Effect.gen(function* () {
      const [one, two] = yield* machines
      yield* one
      yield* two
      assert.deepStrictEqual(yield* tokenRequests, { normal: 1, forced: 0 })
    }).pipe(withStore())
  )

  it.scoped("keep the token of another app, and another kind, apart", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const store = yield* Tag
      yield* store.set(
        "wx-other:stable",
        Redacted.make('{"value":"not ours","expiresAt":9e15,"lifetime":7200000}'),
        Duration.hours(2)
      )
      const [one] = yield* machines
      yield* one
      assert.isTrue(Option.isSome(yield* store.get(key(emulator))))
      assert.deepStrictEqual(yield* tokenRequests, { normal: 1, forced: 0 })
    }).pipe(withStore())
  )

  it.scoped("renew it once when it dies, however many calls it dies under", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one, two] = yield* machines
      yield* Effect.all([one, two])
      for (const deaths of [1, 2, 3]) {
        yield* emulator.expireTokens({ stale: true })
        const calls = Effect.all([one, two, one, two, one, two], { concurrency: "unbounded" })
        assert.lengthOf(yield* inTime(calls), 6)
        assert.deepStrictEqual(yield* tokenRequests, { normal: deaths + 1, forced: deaths })
        yield* TestClock.adjust("31 seconds")
      }
    }).pipe(withStore())
  )

  it.scoped("take over the one that another has renewed meanwhile, and leave it in the store", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one, two] = yield* machines
      yield* Effect.all([one, two])
      yield* emulator.expireTokens()
      yield* one
      const before = yield* tokenRequests
      const store = yield* Tag
      const stored = Effect.map(store.get(key(emulator)), (found) => Redacted.value(Option.getOrThrow(found)))
      const renewed = yield* stored
      yield* two
      assert.deepStrictEqual(yield* tokenRequests, before)
      assert.strictEqual(yield* stored, renewed)
    }).pipe(withStore())
  )

  it.scoped("renew it once in advance", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one, two] = yield* machines
      yield* Effect.all([one, two])
      yield* TestClock.adjust("118 minutes")
      yield* one
      yield* emulator.awaitRequest("token", 2)
      yield* Effect.all([one, two, one, two])
      yield* TestClock.adjust("3 minutes")
      yield* Effect.all([one, two])
      assert.deepStrictEqual(yield* tokenRequests, { normal: 2, forced: 0 })
    }).pipe(withStore())
  )

  it.scoped("renew it in advance even where the store still has the old one", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one] = yield* machines
      yield* one
      yield* TestClock.adjust("115 minutes")
      yield* one
      yield* emulator.awaitRequest("token", 2)
    }).pipe(withStore(), Effect.withRandom(Random.fixed([1])))
  )

  it.scoped("take none over that is about to expire", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const store = yield* Tag
      const old = yield* emulator.issueToken
      const text = JSON.stringify({ value: Redacted.value(old), expiresAt: 60_000, lifetime: 7_200_000 })
      yield* store.set(key(emulator), Redacted.make(text), Duration.hours(1))
      const [one] = yield* machines
      yield* one
      assert.deepStrictEqual(yield* tokenRequests, { normal: 1, forced: 0 })
    }).pipe(withStore())
  )

  it.scoped("leave no rejected one in the store, though no other is to be had", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one] = yield* machines
      yield* one
      yield* emulator.expireTokens()
      yield* emulator.fault(Fault.errcode(-1, { on: "token" }))
      yield* Effect.flip(one)
      assert.isTrue(Option.isNone(yield* Effect.flatMap(Tag, (store) => store.get(key(emulator)))))
    }).pipe(withStore())
  )

  it.scoped("leave none in the store that WeChat still hands out, though it rejects it", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one] = yield* machines
      yield* one
      yield* emulator.expireTokens({ stale: true })
      yield* one
      yield* emulator.expireTokens({ stale: true })
      assert.strictEqual((yield* Effect.flip(one))._tag, "CredentialRejected")
      assert.isTrue(Option.isNone(yield* Effect.flatMap(Tag, (store) => store.get(key(emulator)))))
    }).pipe(withStore())
  )

  it.scoped("wait for no lease where nothing is rejected: normal mode gives all of them the same", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one] = yield* machines
      yield* one
      yield* emulator.expireTokens()
      yield* one
      yield* Effect.flatMap(Tag, (store) => store.lease(key(emulator), "another", Duration.hours(3)))
      yield* TestClock.adjust("118 minutes")
      yield* one
      yield* emulator.awaitRequest("token", 3)
    }).pipe(withStore())
  )

  it.scoped("fetch a plain token, which ends the one before, once between them", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const plain = Effect.map(
        Layer.build(Layer.fresh(Layer.provide(plainTransport, FetchHttpClient.layer))),
        (context) => Effect.provideService(list, Transport.Transport, Context.get(context, Transport.Transport))
      )
      const calls = Effect.all([yield* plain, yield* plain, yield* plain], { concurrency: "unbounded" })
      for (const deaths of [0, 1, 2]) {
        yield* inTime(calls)
        assert.deepStrictEqual(yield* tokenRequests, { normal: deaths + 1, forced: 0 })
        yield* emulator.expireTokens()
      }
    }).pipe(withStore())
  )

  it.scoped("get their turn when the one that has the lease is gone for ever", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one] = yield* machines
      yield* one
      const store = yield* Tag
      yield* emulator.expireTokens({ stale: true })
      assert.isTrue(yield* store.lease(key(emulator), "gone", Duration.seconds(5)))
      const call = yield* Effect.fork(one)
      yield* emulator.awaitRequest("plugin", 2)
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(yield* tokenRequests, { normal: 1, forced: 0 })
      yield* TestClock.adjust("2 seconds")
      assert.isNotEmpty(yield* Fiber.join(call))
      assert.deepStrictEqual(yield* tokenRequests, { normal: 2, forced: 1 })
    }).pipe(withStore())
  )

  it.scoped("take no text for a token that is none", () =>
    Effect.forEach(["", "null", "{}", '{"value":1}', "made-up-text", "[]"], (text) =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const store = yield* Tag
        yield* store.set(key(emulator), Redacted.make(text), Duration.hours(1))
        const [one] = yield* machines
        assert.isNotEmpty(yield* one)
      }).pipe(withStore())
    )
  )
})

describe("a caller that is interrupted", () => {
  it.scoped("at any point leaves nobody waiting, and loses no token", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const store = yield* Tag
      for (const where of Array.from({ length: 60 }, (_, index) => index)) {
        yield* emulator.expireTokens()
        const [one] = yield* machines
        const caller = yield* Effect.fork(one)
        for (let step = 0; step < where; step++) {
          yield* Effect.yieldNow()
          if (step % 3 === 2) {
            yield* Effect.promise(() => new Promise(setImmediate))
          }
        }
        const before = (yield* tokenRequests).normal
        yield* Fiber.interrupt(caller)
        assert.isNotEmpty(yield* one)
        assert.isNotEmpty(yield* one)
        const { normal } = yield* tokenRequests
        assert.isAtMost(normal - before, 1)
        assert.isTrue(Option.isSome(yield* store.get(key(emulator))))
      }
    }).pipe(withStore())
  )
})

it.scoped("a token that has arrived is stored, even when the program ends meanwhile", () => {
  const slow = Layer.map(TokenStore.layerMemory, (context) => {
    const memory = Context.get(context, Tag)
    return Context.make(Tag, {
      ...memory,
      set: (...words) => Effect.zipRight(Effect.sleep("500 millis"), memory.set(...words))
    })
  })
  return withSleeps((sleeps) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(https(), scope)
      yield* Effect.forkDaemon(Effect.provide(list, context))
      yield* emulator.awaitRequest("token")
      // once it waits for the store, there is something to wake up
      yield* Effect.repeat(
        Effect.promise(() => new Promise(setImmediate)),
        { until: () => sleeps().includes(500) }
      )
      const end = yield* Effect.fork(Scope.close(scope, Exit.void))
      yield* TestClock.adjust("500 millis")
      yield* Fiber.join(end)
      const store = yield* Tag
      assert.isTrue(Option.isSome(yield* store.get(key(emulator))))
    }).pipe(withStore(slow))
  )
})

it.scoped("a held renewal keeps no call of another machine from its token", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const [one, two] = yield* machines
    yield* emulator.fault(Fault.hold({ on: "token" }))
    const first = yield* Effect.fork(one)
    yield* emulator.awaitRequest("token")
    assert.isNotEmpty(yield* two)
    yield* emulator.release
    assert.isNotEmpty(yield* Fiber.join(first))
  }).pipe(withStore())
)
