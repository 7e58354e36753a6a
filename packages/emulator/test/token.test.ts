import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, TestClock } from "effect"
import { callWith, errcode, request, stableToken } from "./support.js"

const check = (token: string) => Effect.map(callWith(`access_token=${token}`), errcode)

describe("POST /cgi-bin/stable_token", () => {
  it.effect("returns the same token until its last five minutes", () =>
    Effect.gen(function* () {
      const first = yield* stableToken()
      assert.deepStrictEqual(Object.keys(first), ["access_token", "expires_in"])
      assert.strictEqual(first.expires_in, 7200)
      assert.isAbove(first.access_token.length, 100)
      yield* TestClock.adjust("114 minutes")
      assert.deepStrictEqual(yield* stableToken(), { ...first, expires_in: 360 })
      yield* TestClock.adjust("1 minute")
      const second = yield* stableToken()
      assert.notStrictEqual(second.access_token, first.access_token)
      assert.strictEqual(second.expires_in, 7200)
      assert.strictEqual(yield* check(first.access_token), 0)
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* check(first.access_token), 42001)
      assert.strictEqual(yield* check(second.access_token), 0)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("force_refresh ends the last token, at most once in 30 seconds", () =>
    Effect.gen(function* () {
      const first = yield* stableToken()
      const second = yield* stableToken({ force_refresh: true })
      assert.notStrictEqual(second.access_token, first.access_token)
      assert.strictEqual(yield* check(first.access_token), 40001)
      assert.deepStrictEqual(yield* stableToken({ force_refresh: true }), second)
      assert.deepStrictEqual(yield* stableToken({ force_refresh: false }), second)
      yield* TestClock.adjust("30 seconds")
      const third = yield* stableToken({ force_refresh: true })
      assert.notStrictEqual(third.access_token, second.access_token)
      assert.strictEqual(yield* check(second.access_token), 40001)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("force_refresh works twenty times a day", () =>
    Effect.gen(function* () {
      const force = Effect.zipRight(TestClock.adjust("30 seconds"), stableToken({ force_refresh: true }))
      const replies = yield* Effect.replicateEffect(force, 21)
      assert.deepStrictEqual(
        replies.map(({ errcode }) => errcode),
        [...Array.from({ length: 20 }, () => undefined), 45009]
      )
      yield* TestClock.adjust("1 day")
      assert.isUndefined((yield* force).errcode)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("expireTokens ends tokens early, and the next one is new", () =>
    Effect.gen(function* () {
      const { expireTokens } = yield* Emulator.Emulator
      for (const code of [40001, 40014, 42001] as const) {
        const { access_token } = yield* stableToken()
        yield* expireTokens({ errcode: code })
        assert.strictEqual(yield* check(access_token), code)
        const next = yield* stableToken()
        assert.notStrictEqual(next.access_token, access_token)
        assert.strictEqual(yield* check(next.access_token), 0)
      }
      const { access_token } = yield* stableToken()
      yield* expireTokens()
      assert.strictEqual(yield* check(access_token), 40001)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("normal mode returns a stale token until force_refresh", () =>
    Effect.gen(function* () {
      const { expireTokens, issueToken } = yield* Emulator.Emulator
      const { access_token } = yield* stableToken()
      yield* expireTokens({ stale: true })
      assert.strictEqual(yield* check(access_token), 40001)
      assert.strictEqual((yield* stableToken()).access_token, access_token)
      const issued = yield* issueToken
      assert.strictEqual(yield* check(Redacted.value(issued)), 0)
      assert.strictEqual((yield* stableToken()).access_token, access_token)
      const next = yield* stableToken({ force_refresh: true })
      assert.strictEqual(yield* check(next.access_token), 0)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("a token with a short lifetime is renewed in its second half", () =>
    Effect.gen(function* () {
      const first = yield* stableToken()
      assert.strictEqual(first.expires_in, 60)
      yield* TestClock.adjust("29 seconds")
      assert.strictEqual((yield* stableToken()).access_token, first.access_token)
      yield* TestClock.adjust("1 second")
      assert.notStrictEqual((yield* stableToken()).access_token, first.access_token)
    }).pipe(Effect.provide(Emulator.layer({ tokenLifetime: "1 minute" })))
  )

  it.effect("issueToken returns the token of stable_token", () =>
    Effect.gen(function* () {
      const { issueToken } = yield* Emulator.Emulator
      assert.strictEqual(Redacted.value(yield* issueToken), (yield* stableToken()).access_token)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("refuses missing and wrong fields", () =>
    Effect.gen(function* () {
      const { appId: appid } = yield* Emulator.Emulator
      const ask = (body: unknown, init: RequestInit = {}) =>
        Effect.map(request("/cgi-bin/stable_token", { body: body as string, ...init }), errcode)
      const grant_type = "client_credential"
      assert.strictEqual(yield* Effect.map(request("/cgi-bin/stable_token", { method: "GET" }), errcode), 43002)
      assert.strictEqual(yield* ask(""), 44002)
      assert.strictEqual(yield* ask("appid=1"), 47001)
      assert.strictEqual(yield* ask(JSON.stringify({ appid })), 40002)
      assert.strictEqual(yield* ask(JSON.stringify({ grant_type })), 41002)
      assert.strictEqual(yield* ask(JSON.stringify({ grant_type, appid: "wx1", secret: "x" })), 40013)
      assert.strictEqual(yield* ask(JSON.stringify({ grant_type, appid })), 41004)
      assert.strictEqual(yield* ask(JSON.stringify({ grant_type, appid, secret: "x" })), 40125)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("uses the first mini program of the world", () =>
    Effect.gen(function* () {
      const { appId } = yield* Emulator.Emulator
      assert.strictEqual(appId, "wx1")
      assert.strictEqual(yield* check((yield* stableToken()).access_token), 0)
    }).pipe(
      Effect.provide(Emulator.layer({ world: World.make({ miniPrograms: [{ appid: "wx1", appSecret: "another" }] }) }))
    )
  )
})
