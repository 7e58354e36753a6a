import { Transport } from "@effect-wechat/plugin-manager/Transport"
import { type CloudOptions, CloudTransport } from "@effect-wechat/transport-cloud"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, FiberId, Layer, TestClock } from "effect"
import { answering, call, fake, list, ok } from "./support.js"

const preset = { credentials: "preset" } as const

/** A loader that counts, and fails as often as it is told to. */
const loader = (failures = 0) => {
  const state = { loads: 0 }
  const cloud = () => {
    state.loads++
    return state.loads <= failures ? Promise.reject(new Error("not now")) : Promise.resolve(answering(ok))
  }
  return { cloud, state }
}

describe("loading the SDK", () => {
  it.effect("waits for the first call, and happens once", () => {
    const { cloud, state } = loader()
    return Effect.gen(function* () {
      const transport = yield* Transport
      assert.strictEqual(state.loads, 0)
      yield* Effect.all([transport.call(list), transport.call(list)], { concurrency: "unbounded" })
      yield* transport.call(list)
      assert.strictEqual(state.loads, 1)
    }).pipe(Effect.provide(CloudTransport.layer({ cloud, ...preset })))
  })

  it.effect("is tried again after a failure, which is for all who waited", () => {
    const { cloud, state } = loader(1)
    return Effect.gen(function* () {
      const transport = yield* Transport
      const both = yield* Effect.all([Effect.flip(transport.call(list)), Effect.flip(transport.call(list))], {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(
        both.map(({ reason }) => reason),
        ["credential", "credential"]
      )
      assert.strictEqual(state.loads, 1)
      assert.strictEqual((yield* transport.call(list)).errcode, 0)
      assert.strictEqual(state.loads, 2)
    }).pipe(Effect.provide(CloudTransport.layer({ cloud, ...preset })))
  })

  it.effect("goes on when the one who asked first is interrupted", () => {
    const loaded = Deferred.unsafeMake<CloudOptions.WxServerSdk>(undefined as never)
    let loads = 0
    const cloud = () => {
      loads++
      return Effect.runPromise(Deferred.await(loaded))
    }
    return Effect.gen(function* () {
      const transport = yield* Transport
      const first = yield* Effect.fork(transport.call(list))
      const second = yield* Effect.fork(transport.call(list))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(first)
      yield* Deferred.succeed(loaded, answering(ok))
      assert.strictEqual((yield* Fiber.join(second)).errcode, 0)
      assert.strictEqual(loads, 1)
    }).pipe(Effect.provide(CloudTransport.layer({ cloud, ...preset })))
  })

  it.effect("a call that was given up or came too late during the load is never sent", () => {
    const loaded = Deferred.unsafeMake<CloudOptions.WxServerSdk>(undefined as never)
    let sent = 0
    const sdk = fake(() => {
      sent++
      return Promise.resolve(ok)
    })
    return Effect.gen(function* () {
      const transport = yield* Transport
      const interrupted = yield* Effect.fork(transport.call(list))
      const late = yield* Effect.fork(Effect.flip(transport.call(list)))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(interrupted)
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual((yield* Fiber.join(late)).reason, "timeout")
      yield* Deferred.succeed(loaded, sdk)
      yield* transport.call(list)
      assert.strictEqual(sent, 1)
    }).pipe(Effect.provide(CloudTransport.layer({ cloud: () => Effect.runPromise(Deferred.await(loaded)), ...preset })))
  })

  it.effect("an option that cannot be used is named", () =>
    Effect.gen(function* () {
      const refused = (options: object) =>
        Effect.flip(Layer.build(CloudTransport.layer({ cloud: answering(ok), ...options })))
      assert.include((yield* refused({ timeout: "-1 seconds" })).message, "timeout")
      assert.include((yield* refused({ appid: " " })).message, "appid")
    }).pipe(Effect.scoped)
  )

  it.effect("an SDK that has neither createNewInstance nor init is used as it is", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* call({ cloud: answering(ok), init: { env: "test" }, ...preset })).errcode, 0)
    })
  )

  it.effect("a call says in its span that it is a cloud call", () =>
    Effect.gen(function* () {
      const { attributes } = yield* Transport
      assert.deepStrictEqual(attributes?.(list), { "wechat.transport": "cloud" })
    }).pipe(Effect.provide(CloudTransport.layer({ cloud: answering(ok), ...preset })))
  )

  it.effect("has ten seconds of its own, and the failure says that it was the load", () =>
    Effect.gen(function* () {
      const cloud = () => new Promise<never>(() => {})
      const fiber = yield* Effect.fork(Effect.flip(call({ cloud, ...preset })))
      yield* TestClock.adjust("9 seconds")
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("1 seconds")
      const error = yield* Fiber.join(fiber)
      assert.deepInclude({ ...error }, { reason: "timeout", isRetryable: true })
      assert.match(error.description, /wx-server-sdk was not loaded within 10s/)
    })
  )

  it.effect("is not a part of the call's own time", () =>
    Effect.gen(function* () {
      const loaded = Deferred.unsafeMake<CloudOptions.WxServerSdk>(FiberId.none)
      const cloud = () => Effect.runPromise(Deferred.await(loaded))
      const never = fake(() => new Promise(() => {}))
      const fiber = yield* Effect.fork(Effect.flip(call({ cloud, ...preset })))
      yield* TestClock.adjust("5 seconds")
      yield* Deferred.succeed(loaded, never)
      // the SDK arrives by promises
      yield* Effect.promise(() => new Promise(setImmediate))
      yield* TestClock.adjust("2.4 seconds")
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("0.1 seconds")
      assert.match((yield* Fiber.join(fiber)).description, /no reply from wx-server-sdk within 2s 500ms/)
    })
  )

  it.effect.each<readonly [string, CloudOptions.CloudOptions["cloud"]]>([
    ["the SDK", () => answering(ok)],
    ["a promise of it", () => Promise.resolve(answering(ok))],
    ["a promise of its namespace", () => Promise.resolve({ default: answering(ok) })]
  ])("takes %s", ([, cloud]) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* call({ cloud, ...preset })).errcode, 0)
    })
  )

  it.effect("takes a namespace itself, as `import *` has it", () =>
    Effect.gen(function* () {
      const cloud = { default: answering(ok) } as unknown as CloudOptions.WxServerSdk
      assert.strictEqual((yield* call({ cloud, ...preset })).errcode, 0)
    })
  )

  const missing = (name: string, text = `Cannot find module '${name}'\nRequire stack:\n- /srv/app/index.js`) =>
    Object.assign(new Error(text), { code: "MODULE_NOT_FOUND" })

  it.effect.each<readonly [string, unknown, RegExp]>([
    ["mime-db", missing("mime-db"), /needs mime-db .*npm install mime-db$/],
    ["mime-db, Bun", missing("", "Cannot find module 'mime-db' from '/srv/app/index.js'"), /npm install mime-db$/],
    ["the SDK itself", missing("wx-server-sdk"), /not installed: npm install wx-server-sdk$/],
    [
      "the SDK itself, ES module",
      missing("", "Cannot find package 'wx-server-sdk' imported from /srv/app/index.mjs"),
      /not installed: npm install wx-server-sdk$/
    ],
    ["something else", missing("protobufjs"), /cannot be loaded or initialised: Cannot find module 'protobufjs'$/],
    ["no reason", undefined, /cannot be loaded or initialised: it does not say why$/]
  ])("says what to do when it fails: %s", ([, thrown, description]) =>
    Effect.gen(function* () {
      const cloud = (): never => {
        throw thrown
      }
      const error = yield* Effect.flip(call({ cloud, ...preset }))
      assert.strictEqual(error.reason, "credential")
      assert.match(error.description, description)
      assert.notMatch(error.description, /\/home\/me/)
      assert.strictEqual(/mime-db/.test(error.description), description.source.includes("mime-db"))
    })
  )

  it.effect.each([[{}], [{ default: {} }], [null], [undefined], ["sdk"]])("refuses what is no SDK: %s", ([loaded]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(call({ cloud: () => loaded as never, ...preset }))
      assert.strictEqual(error.reason, "credential")
      assert.match(error.description, /no `openapi`/)
    })
  )
})
