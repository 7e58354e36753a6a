import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, TestClock } from "effect"
import { callWith, errcode, json, request, stableToken } from "./support.js"

const provide = Effect.provide(Emulator.layer())

const check = (token: string) => Effect.map(callWith(`access_token=${token}`), errcode)

const ask = (query: Record<string, string>, method = "GET") =>
  request(`/cgi-bin/token?${new URLSearchParams(query)}`, { method })

const plainToken = Effect.gen(function* () {
  const { appId: appid, appSecret } = yield* Emulator.Emulator
  const reply = yield* ask({ grant_type: "client_credential", appid, secret: Redacted.value(appSecret) })
  return json(reply) as { readonly access_token: string; readonly expires_in: number; readonly errcode?: number }
})

describe("GET /cgi-bin/token", () => {
  it.effect("a new token ends the last one five minutes later", () =>
    Effect.gen(function* () {
      const first = yield* plainToken
      assert.strictEqual(first.expires_in, 7200)
      const second = yield* plainToken
      assert.notStrictEqual(second.access_token, first.access_token)
      yield* TestClock.adjust("4 minutes")
      // a third token does not extend the five minutes of the first
      yield* plainToken
      assert.strictEqual(yield* check(first.access_token), 0)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* check(first.access_token), 40001)
      assert.strictEqual(yield* check(second.access_token), 0)
      yield* TestClock.adjust("4 minutes")
      assert.strictEqual(yield* check(second.access_token), 40001)
    }).pipe(provide)
  )

  it.effect("is independent of stable tokens", () =>
    Effect.gen(function* () {
      const stable = yield* stableToken()
      const plain = yield* plainToken
      yield* plainToken
      yield* stableToken({ force_refresh: true })
      yield* TestClock.adjust("4 minutes")
      assert.strictEqual(yield* check(plain.access_token), 0)
      yield* TestClock.adjust("10 minutes")
      assert.strictEqual(yield* check(stable.access_token), 40001)
      assert.strictEqual(yield* check((yield* stableToken()).access_token), 0)
    }).pipe(provide)
  )

  it.effect("ends with expireTokens, as all tokens do", () =>
    Effect.gen(function* () {
      const { expireTokens } = yield* Emulator.Emulator
      const { access_token } = yield* plainToken
      yield* plainToken
      yield* expireTokens({ errcode: 42001 })
      assert.strictEqual(yield* check(access_token), 42001)
    }).pipe(provide)
  )

  it.effect("refuses missing and wrong parameters", () =>
    Effect.gen(function* () {
      const { appId: appid } = yield* Emulator.Emulator
      const grant_type = "client_credential"
      const codes = yield* Effect.forEach(
        [
          {},
          { grant_type },
          { grant_type, appid: "wx1", secret: "x" },
          { grant_type, appid },
          { grant_type, appid, secret: "x" }
        ],
        (query) => Effect.map(ask(query), errcode)
      )
      assert.deepStrictEqual(codes, [40002, 41002, 40013, 41004, 40125])
      assert.strictEqual(errcode(yield* ask({ grant_type }, "POST")), 43001)
    }).pipe(provide)
  )

  it.effect("is refused to addresses outside of the whitelist, as is a stable token", () =>
    Effect.gen(function* () {
      const reply = yield* plainToken
      assert.deepInclude(reply, { errcode: 40164 })
      assert.match(
        (reply as { errmsg?: string }).errmsg ?? "",
        /^invalid ip 127\.0\.0\.1 ipv6 ::ffff:127\.0\.0\.1, not in whitelist rid: /
      )
      assert.strictEqual((yield* stableToken()).errcode, 40164)
      const wechat = yield* Emulator.Emulator
      const { appId: appid } = wechat
      yield* wechat.seed(World.make({ miniPrograms: [{ appid, ipWhitelist: ["10.0.0.1", "127.0.0.1"] }] }))
      assert.isUndefined((yield* plainToken).errcode)
    }).pipe(
      Effect.provide(
        Emulator.layer({ world: World.make({ miniPrograms: [{ appid: "wx1", ipWhitelist: ["10.0.0.1"] }] }) })
      )
    )
  )
})
