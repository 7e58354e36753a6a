import { Emulator, Fault } from "@effect-wechat/emulator"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Context, Duration, Effect, Fiber, Layer, Logger, Option, Redacted, TestClock } from "effect"
import { https, list } from "./support.js"

const { TokenStore: Tag, TokenStoreError } = TokenStore

/** Two machines of one app, over one emulator and one store. */
const machines = Effect.gen(function* () {
  const machine = Effect.map(Layer.build(Layer.fresh(https())), (context) =>
    Effect.provideService(list, Transport.Transport, Context.get(context, Transport.Transport))
  )
  return [yield* machine, yield* machine] as const
})

const withStore = (store: Layer.Layer<TokenStore.TokenStore> = TokenStore.layerMemory, options?: Emulator.Options) =>
  Effect.provide(Layer.merge(Emulator.layer(options), store))

const tokenRequests = Effect.gen(function* () {
  const { journal } = yield* Emulator.Emulator
  const bodies = (yield* journal)
    .filter(({ endpoint }) => endpoint === "token")
    .map(({ body }) => body as { force_refresh?: boolean })
  return {
    normal: bodies.filter((body) => !body.force_refresh).length,
    forced: bodies.filter((body) => body.force_refresh).length
  }
})

/** The Clock goes on while sockets do their work. */
const inTime = <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.raceFirst(
    self,
    Effect.forever(
      Effect.zipRight(
        TestClock.adjust("10 millis"),
        Effect.promise(() => new Promise(setImmediate))
      )
    )
  )

const key = (appId: string) => `${appId}:stable`

/** A store whose every operation does that, and the count of them. */
const brokenStore = (operation: Effect.Effect<never, TokenStore.TokenStoreError>) => {
  const state = { asked: 0, isBroken: true }
  const layer = Layer.map(TokenStore.layerMemory, (context) => {
    const memory = Context.get(context, Tag)
    const through = <A, R>(self: Effect.Effect<A, TokenStore.TokenStoreError, R>) =>
      Effect.suspend(() => {
        state.asked += 1
        return state.isBroken ? operation : self
      })
    return Context.make(Tag, {
      get: (...words) => through(memory.get(...words)),
      set: (...words) => through(memory.set(...words)),
      removeIf: (...words) => through(memory.removeIf(...words)),
      lease: (...words) => through(memory.lease(...words))
    })
  })
  return { state, layer }
}

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
      assert.isTrue(Option.isSome(yield* store.get(key(emulator.appId))))
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
        assert.strictEqual((yield* tokenRequests).forced, deaths)
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
      const stored = yield* Effect.flatMap(Tag, (store) => store.get(key(emulator.appId)))
      yield* two
      assert.deepStrictEqual(yield* tokenRequests, before)
      assert.deepStrictEqual(yield* Effect.flatMap(Tag, (store) => store.get(key(emulator.appId))), stored)
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

  it.scoped("get their turn when the one that has the lease is gone for ever", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one] = yield* machines
      yield* one
      const store = yield* Tag
      yield* emulator.expireTokens({ stale: true })
      assert.isTrue(yield* store.lease(key(emulator.appId), Duration.seconds(5)))
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
        yield* store.set(key(emulator.appId), Redacted.make(text), Duration.hours(1))
        const [one] = yield* machines
        assert.isNotEmpty(yield* one)
      }).pipe(withStore())
    )
  )
})

describe("a store that is out", () => {
  const outages = {
    fails: Effect.fail(new TokenStoreError({ operation: "get", description: "no connection" })),
    "has a defect": Effect.die(new Error("s3cret")),
    "never answers": Effect.never
  }
  it.scoped.each(Object.entries(outages))(
    "and %s stops nobody, is told of once and not asked all the time",
    ([, operation]) => {
      const { layer, state } = brokenStore(operation)
      const lines: Array<string> = []
      const logger = Logger.make(({ message }) => lines.push(String(message)))
      return Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const [one] = yield* machines
        const call = yield* Effect.fork(one)
        yield* TestClock.adjust("1 second")
        assert.isNotEmpty(yield* Fiber.join(call))
        yield* Effect.replicateEffect(one, 10)
        assert.deepStrictEqual(yield* tokenRequests, { normal: 1, forced: 0 })
        assert.strictEqual(state.asked, 1)
        assert.lengthOf(lines, 1)
        assert.include(lines[0], "until the token store is back")
        assert.notInclude(lines[0], "s3cret")

        yield* emulator.expireTokens()
        state.isBroken = false
        yield* TestClock.adjust("5 seconds")
        assert.isNotEmpty(yield* one)
        const stored = yield* Effect.flatMap(Tag, (store) => store.get(key(emulator.appId)))
        assert.isTrue(Option.isSome(stored))
      }).pipe(withStore(layer), Effect.provide(Logger.replace(Logger.defaultLogger, logger)))
    }
  )

  it.scoped("while tokens die has one of the machines force, at a time of its own", () => {
    const { layer } = brokenStore(outages.fails)
    return Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const [one, two] = yield* machines
      yield* Effect.all([one, two])
      yield* emulator.expireTokens({ stale: true })
      assert.lengthOf(yield* inTime(Effect.all([one, two], { concurrency: "unbounded" })), 2)
      assert.strictEqual((yield* tokenRequests).forced, 1)
    }).pipe(withStore(layer), Effect.provide(Logger.remove(Logger.defaultLogger)))
  })
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
        assert.isTrue(Option.isSome(yield* store.get(key(emulator.appId))))
      }
    }).pipe(withStore())
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
