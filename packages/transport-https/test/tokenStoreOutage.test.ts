import { Emulator } from "@effect-wechat/emulator"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Fiber, Layer, Logger, Option, TestClock } from "effect"
import { inTime } from "@effect-wechat/test-support/inTime"
import { key, machines, tokenRequests, withStore } from "./machines.js"

const { TokenStore: Tag, TokenStoreError } = TokenStore

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
      lease: (...words) => through(memory.lease(...words)),
      release: (...words) => through(memory.release(...words))
    })
  })
  return { state, layer }
}

describe("a store that is out", () => {
  const outages = {
    fails: Effect.fail(new TokenStoreError({ operation: "get", description: "no connection" })),
    "has a defect": Effect.die(new Error("s3cret")),
    "never answers": Effect.never,
    "cannot be interrupted": Effect.uninterruptible(Effect.never)
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

        const dieAndCall = Effect.gen(function* () {
          yield* emulator.expireTokens()
          yield* TestClock.adjust("5 seconds")
          const call = yield* Effect.fork(one)
          yield* emulator.awaitRequest(
            "plugin",
            (yield* emulator.journal).filter(({ endpoint }) => endpoint === "plugin").length + 1
          )
          assert.isNotEmpty(yield* inTime(Fiber.join(call)))
        })
        yield* dieAndCall
        assert.deepStrictEqual([state.asked, lines.length], [2, 1])

        state.isBroken = false
        yield* dieAndCall
        const stored = yield* Effect.flatMap(Tag, (store) => store.get(key(emulator)))
        assert.isTrue(Option.isSome(stored))

        state.isBroken = true
        yield* dieAndCall
        assert.lengthOf(lines, 2)
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
