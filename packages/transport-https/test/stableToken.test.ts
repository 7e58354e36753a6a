import { Emulator, Fault } from "@effect-wechat/emulator"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, Redacted, Scope, TestClock } from "effect"
import { counts, inWorld, list } from "./support.js"

describe("the stable token", () => {
  it.effect("is asked for with the documented request", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* list
      const entry = yield* emulator.awaitRequest("token")
      assert.deepInclude(entry, { method: "POST", path: "/cgi-bin/stable_token", query: {} })
      assert.deepInclude(entry.body, { grant_type: "client_credential", appid: emulator.appId })
      assert.notProperty(entry.body, "force_refresh")
    }).pipe(inWorld())
  )

  it.effect("is asked for once, however many callers wait, and kept until its last minutes", () =>
    Effect.gen(function* () {
      yield* Effect.all(
        Array.from({ length: 20 }, () => list),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(yield* counts, { token: 1, plugin: 20 })
      yield* TestClock.adjust("114 minutes")
      yield* list
      assert.deepStrictEqual(yield* counts, { token: 1, plugin: 21 })
    }).pipe(inWorld())
  )

  it.effect("is renewed in advance, once, while calls go on with the old one", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* list
      yield* TestClock.adjust("118 minutes")
      yield* emulator.fault(Fault.hold({ on: "token" }))
      yield* Effect.all([list, list, list], { concurrency: "unbounded" })
      yield* emulator.awaitRequest("token", 2)
      yield* list
      assert.deepStrictEqual(yield* counts, { token: 2, plugin: 5 })
      yield* emulator.release
      yield* TestClock.adjust("3 minutes")
      yield* list
      assert.deepStrictEqual(yield* counts, { token: 2, plugin: 6 })
    }).pipe(inWorld())
  )

  it.effect(
    "that cannot be renewed in advance is used to its end, and WeChat asked again every ten seconds at most",
    () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        yield* list
        yield* TestClock.adjust("118 minutes")
        yield* emulator.fault(Fault.errcode(-1, { on: "token", times: Infinity }))
        yield* list
        yield* emulator.awaitRequest("token", 2)
        yield* list
        yield* list
        assert.deepStrictEqual(yield* counts, { token: 2, plugin: 4 })
        yield* TestClock.adjust("10 seconds")
        yield* list
        yield* emulator.awaitRequest("token", 3)
        yield* TestClock.adjust("2 minutes")
        assert.deepInclude({ ...(yield* Effect.flip(list)) }, { _tag: "WechatSystemError", endpoint: "credential" })
        assert.deepStrictEqual(yield* counts, { token: 4, plugin: 5 })
      }).pipe(inWorld())
  )

  it.effect("of a short life is used all the same", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* list
      yield* list
      assert.deepStrictEqual(yield* counts, { token: 1, plugin: 2 })
      yield* TestClock.adjust("115 seconds")
      yield* list
      yield* emulator.awaitRequest("token", 2)
    }).pipe(inWorld({}, { tokenLifetime: "2 minutes" }))
  )

  it.effect("survives the interruption of the caller that asked for it", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.hold({ on: "token" }))
      const first = yield* Effect.fork(list)
      yield* emulator.awaitRequest("token")
      const others = yield* Effect.fork(Effect.all([list, list, list], { concurrency: "unbounded" }))
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(first)
      yield* emulator.release
      assert.lengthOf(yield* Fiber.join(others), 3)
      assert.deepStrictEqual(yield* counts, { token: 1, plugin: 3 })
    }).pipe(inWorld())
  )

  it.effect("is no longer asked for when the layer's scope closes, and nobody waits for ever", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { appId, appSecret, url } = emulator
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url }), scope)
      yield* emulator.fault(Fault.hold({ on: "token" }))
      const waiter = yield* Effect.forkDaemon(Effect.provide(list, context))
      yield* emulator.awaitRequest("token")
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(Exit.isInterrupted(yield* Fiber.await(waiter)))
    }).pipe(inWorld())
  )

  it.effect("that never comes fails every waiter at the deadline, and the next call asks anew", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.hold({ on: "token" }))
      const waiters = yield* Effect.fork(
        Effect.all([Effect.flip(list), Effect.flip(list)], { concurrency: "unbounded" })
      )
      yield* emulator.awaitRequest("token")
      yield* TestClock.adjust("10 seconds")
      for (const error of yield* Fiber.join(waiters)) {
        assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "timeout" })
      }
      yield* TestClock.adjust("2 seconds")
      assert.isNotEmpty(yield* list)
      assert.deepStrictEqual(yield* counts, { token: 2, plugin: 1 })
    }).pipe(inWorld())
  )

  it.effect("that dies early is renewed once and the call repeated once, for each of the three codes", () =>
    Effect.forEach([40001, 40014, 42001] as const, (errcode) =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        yield* list
        yield* emulator.expireTokens({ errcode })
        assert.isNotEmpty(yield* list)
        assert.deepStrictEqual(yield* counts, { token: 2, plugin: 3 })
      }).pipe(inWorld())
    )
  )

  it.effect("that dies under many callers is renewed by one of them", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* list
      yield* emulator.expireTokens()
      yield* Effect.all(
        Array.from({ length: 20 }, () => list),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(yield* counts, { token: 2, plugin: 41 })
    }).pipe(inWorld())
  )

  it.effect("that WeChat rejects and still hands out is forced anew, not again within 30 seconds", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const forced = Effect.map(
        emulator.journal,
        (entries) =>
          entries.filter(({ body }) => (body as { force_refresh?: boolean } | undefined)?.force_refresh === true).length
      )
      yield* list
      yield* emulator.expireTokens({ stale: true })
      assert.isNotEmpty(yield* list)
      assert.strictEqual(yield* forced, 1)
      yield* TestClock.adjust("29 seconds")
      yield* emulator.expireTokens({ stale: true })
      assert.strictEqual((yield* Effect.flip(list))._tag, "CredentialRejected")
      assert.strictEqual(yield* forced, 1)
      yield* TestClock.adjust("2 seconds")
      assert.isNotEmpty(yield* list)
      assert.strictEqual(yield* forced, 2)
    }).pipe(inWorld())
  )

  it.effect("is forced no more than 20 times a day", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const die = Effect.zipRight(TestClock.adjust("31 seconds"), emulator.expireTokens({ stale: true }))
      yield* list
      yield* Effect.replicateEffect(Effect.zipRight(die, list), 20)
      yield* die
      assert.strictEqual((yield* Effect.flip(list))._tag, "CredentialRejected")
      yield* TestClock.adjust("1 day")
      yield* list
      yield* die
      assert.isNotEmpty(yield* list)
    }).pipe(inWorld())
  )

  it.effect("that is rejected for ever ends in CredentialRejected after one repetition", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.errcode(42001, { on: "plugin", times: Infinity }))
      const error = yield* Effect.flip(list)
      assert.deepInclude(
        { ...error },
        { _tag: "CredentialRejected", errcode: 42001, endpoint: "api", isRetryable: false }
      )
      assert.strictEqual((yield* counts).plugin, 2)
    }).pipe(inWorld())
  )

  it.effect("refused for a wrong secret is InvalidAppSecret, asked for once a call", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const wrong = HttpsTransport.layerFetch({
        appId: emulator.appId,
        appSecret: Redacted.make("0000wrong0000"),
        baseUrl: emulator.url
      })
      const error = yield* Effect.flip(list).pipe(Effect.provide(wrong))
      assert.deepInclude({ ...error }, { _tag: "InvalidAppSecret", endpoint: "credential", isRetryable: false })
      yield* emulator.fault(Fault.errcode(40001, { on: "token" }))
      assert.deepInclude(
        { ...(yield* Effect.flip(list)) },
        { _tag: "InvalidAppSecret", errcode: 40001, endpoint: "credential" }
      )
      assert.deepStrictEqual(yield* counts, { token: 2, plugin: 0 })
    }).pipe(inWorld())
  )

  it.effect("refused for another reason is that errcode's error", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      for (const [errcode, tag] of [
        [-1, "WechatSystemError"],
        [40164, "IpNotAllowed"],
        [45009, "DailyQuotaExceeded"],
        [40243, "AppSecretFrozen"],
        [12345, "UnknownErrcode"]
      ] as const) {
        yield* emulator.fault(Fault.errcode(errcode, { on: "token" }))
        const error: object = yield* Effect.flip(list)
        assert.deepInclude({ ...error }, { _tag: tag, errcode, endpoint: "credential" })
        // longer than any failure is remembered
        yield* TestClock.adjust("15 minutes")
      }
      assert.isNotEmpty(yield* list)
    }).pipe(inWorld())
  )

  it.effect("in a reply that is none is a typed error, and shows nothing of it", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      for (const [body, reason] of [
        ['{"access_token":"TOKEN-IN-REPLY"}', "body"],
        ['{"access_token":"TOKEN-IN-REPLY","expires_in":"7200"}', "body"],
        ['{"access_token":"TOKEN-IN-REPLY","expires_in":0}', "body"],
        ['{"access_token":"","expires_in":7200}', "body"],
        ["null", "body"],
        ["<html>TOKEN-IN-REPLY</html>", "body"],
        ["", "body"]
      ] as const) {
        yield* emulator.fault(Fault.body(body, { on: "token" }))
        const error = yield* Effect.flip(list)
        assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason }, body)
        assert.notInclude(JSON.stringify(error) + error.message, "TOKEN-IN-REPLY")
      }
    }).pipe(inWorld())
  )
})
