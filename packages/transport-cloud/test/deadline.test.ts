import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, TestClock } from "effect"
import { call, fake, list, ok } from "./support.js"

const preset = { credentials: "preset" } as const

describe("deadline", () => {
  it.effect.each([
    ["2.5 seconds unless told otherwise", {}, "2499 millis", "2s 500ms"],
    ["its own", { timeout: "40 seconds" }, "39999 millis", "40s"]
  ] as const)("%s", ([, options, before, shown]) =>
    Effect.gen(function* () {
      const cloud = fake(() => new Promise(() => {}))
      const fiber = yield* Effect.fork(Effect.flip(call({ cloud, ...preset, ...options })))
      yield* TestClock.adjust(before)
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("1 millis")
      const error = yield* Fiber.join(fiber)
      assert.strictEqual(error.reason, "timeout")
      assert.isTrue(error.isRetryable)
      assert.strictEqual(error.description, `no reply from wx-server-sdk within ${shown}`)
    })
  )

  it.effect("what comes after it, or after an interruption, harms nobody", () =>
    Effect.gen(function* () {
      const rejects: Array<(error: Error) => void> = []
      const resolves: Array<(result: object) => void> = []
      const cloud = fake(
        () =>
          new Promise((resolve, reject) => {
            resolves.push(resolve)
            rejects.push(reject)
          })
      )
      const unhandled: Array<unknown> = []
      const listen = (error: unknown) => void unhandled.push(error)
      process.on("unhandledRejection", listen)

      yield* Effect.gen(function* () {
        const transport = yield* Transport
        const late = yield* Effect.fork(transport.call(list))
        yield* TestClock.adjust("1 second")
        const interrupted = yield* Effect.fork(transport.call(list))
        yield* TestClock.adjust("1 second")
        yield* Fiber.interrupt(interrupted)
        assert.isTrue(Exit.isInterrupted(yield* Fiber.await(interrupted)))
        yield* TestClock.adjust("1 second")
        assert.isTrue(Exit.isFailure(yield* Fiber.await(late)))

        assert.strictEqual(rejects.length, 2)
        rejects.forEach((reject) => reject(new Error("late")))
        const next = yield* Effect.fork(transport.call(list))
        yield* TestClock.adjust("1 second")
        resolves[2]?.(ok)
        assert.strictEqual((yield* Fiber.join(next)).errcode, 0)
      }).pipe(Effect.provide(CloudTransport.layer({ cloud, ...preset })))

      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
      process.off("unhandledRejection", listen)
      assert.deepStrictEqual(unhandled, [])
    })
  )

  it.effect("the SDK's thenables are never resolved", () =>
    Effect.gen(function* () {
      const calls: Array<string> = []
      const cloud = fake(({ api }) => {
        calls.push(api)
        // as with the real one, whoever resolves a namespace never goes on
        return api.endsWith("then") ? undefined : Promise.resolve(ok)
      })
      const own = { openapi: cloud.openapi, createNewInstance: () => cloud }
      for (const options of [{ cloud }, { cloud, appid: "wx1" }, { cloud: () => Promise.resolve(own), init: {} }]) {
        assert.strictEqual((yield* call({ ...options, ...preset })).errcode, 0)
      }
      assert.deepStrictEqual(calls, [list.api, list.api, list.api])
    })
  )
})
