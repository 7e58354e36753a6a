import { Emulator } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, TestClock } from "effect"
import { apply, as, world } from "./parties.js"
import { errcode, json, list, request, stableToken } from "./support.js"

const code = Effect.map(list, errcode)

const clearQuota = (appid?: string) =>
  Effect.gen(function* () {
    const { appId, issueToken } = yield* Emulator.Emulator
    const body = JSON.stringify({ appid: appid ?? appId })
    return errcode(yield* request(`/cgi-bin/clear_quota?access_token=${Redacted.value(yield* issueToken)}`, { body }))
  })

describe("quotas", () => {
  const quotas = { "pluginManager.getPluginList": { perMinute: 2, perDay: 3 } } as const
  const provide = Effect.provide(Emulator.layer({ quotas }))

  it.effect("limit calls per minute and per day, by Beijing time", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual([yield* code, yield* code, yield* code], [0, 0, 45011])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual([yield* code, yield* code], [0, 45009])
      // the epoch is 08:00 in Beijing, so the next day begins after 16 hours
      yield* TestClock.setTime(16 * 3_600_000 - 1)
      assert.strictEqual(yield* code, 45009)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(yield* code, 0)
    }).pipe(provide)
  )

  it.effect("clear_quota resets the day, ten times a month", () =>
    Effect.gen(function* () {
      const spend = Effect.gen(function* () {
        yield* Effect.replicateEffect(Effect.zipRight(TestClock.adjust("1 minute"), code), 3)
        return yield* code
      })
      assert.strictEqual(yield* spend, 45009)
      assert.strictEqual(yield* clearQuota(), 0)
      assert.deepStrictEqual([yield* code, yield* code], [0, 45011])
      const others = yield* Effect.replicateEffect(clearQuota(), 10)
      assert.deepStrictEqual(others, [0, 0, 0, 0, 0, 0, 0, 0, 0, 48006])
      yield* TestClock.adjust("31 days")
      assert.strictEqual(yield* clearQuota(), 0)
    }).pipe(provide)
  )

  it.effect("clear_quota requires a token, and the appid of its account", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* clearQuota("wx-other"), 40013)
      assert.strictEqual(errcode(yield* request("/cgi-bin/clear_quota", { body: "{}" })), 41001)
      assert.strictEqual(errcode(yield* request("/cgi-bin/clear_quota", { method: "GET" })), 43002)
    }).pipe(provide)
  )

  it.effect("openapi/quota/get returns the day's count of a path", () =>
    Effect.gen(function* () {
      const { issueToken } = yield* Emulator.Emulator
      const quotaOf = (cgi_path?: string) =>
        Effect.flatMap(issueToken, (token) =>
          request(`/cgi-bin/openapi/quota/get?access_token=${Redacted.value(token)}`, {
            body: JSON.stringify({ cgi_path })
          })
        )
      const reply = (quota: object) => ({ errcode: 0, errmsg: "ok", quota })
      assert.deepStrictEqual(json(yield* quotaOf("/wxa/plugin")), reply({ daily_limit: 3, used: 0, remain: 3 }))
      yield* Effect.replicateEffect(code, 2)
      assert.deepStrictEqual(json(yield* quotaOf("/wxa/plugin")), reply({ daily_limit: 3, used: 2, remain: 1 }))
      assert.deepStrictEqual(json(yield* quotaOf("/wxa/devplugin")), reply({ daily_limit: 0, used: 0, remain: 0 }))
      assert.strictEqual(errcode(yield* quotaOf("/wxa/other")), 76021)
      assert.strictEqual(errcode(yield* quotaOf("wxa/plugin")), 76003)
      assert.strictEqual(errcode(yield* quotaOf()), 76003)
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual(json(yield* quotaOf("/wxa/plugin")), reply({ daily_limit: 3, used: 0, remain: 3 }))
    }).pipe(provide)
  )

  it.effect("are counted per mini program and per operation", () =>
    Effect.gen(function* () {
      const lists = (appid: string) => Effect.map(as(appid)("/wxa/plugin", { action: "list" }), errcode)
      yield* Effect.replicateEffect(lists("wx-applicant"), 2)
      assert.strictEqual(yield* lists("wx-applicant"), 45011)
      assert.strictEqual(yield* lists("wx-third"), 0)
      assert.strictEqual(yield* apply("wx-open"), 0)
    }).pipe(Effect.provide(Emulator.layer({ quotas, world })))
  )

  it.effect("can be set for token requests", () =>
    Effect.gen(function* () {
      assert.isUndefined((yield* stableToken()).errcode)
      assert.strictEqual((yield* stableToken()).errcode, 45011)
    }).pipe(Effect.provide(Emulator.layer({ quotas: { getStableAccessToken: { perMinute: 1 } } })))
  )

  it.effect("/cgi-bin/token has 2000 a day", () =>
    Effect.gen(function* () {
      const { appId, appSecret } = yield* Emulator.Emulator
      const query = `grant_type=client_credential&appid=${appId}&secret=${Redacted.value(appSecret)}`
      const ask = Effect.map(request(`/cgi-bin/token?${query}`, { method: "GET" }), errcode)
      const codes = yield* Effect.replicateEffect(ask, 2001)
      assert.deepStrictEqual(codes.slice(-2), [undefined, 45009])
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
