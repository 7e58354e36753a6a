import { Emulator } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, TestClock } from "effect"
import { apply, provide, world } from "./parties.js"
import { callWith, errcode, json, request } from "./support.js"

const listBy = (query = "", path = "/wxa/plugin") =>
  Effect.flatMap(Emulator.Emulator, ({ openInterfaceUrl }) =>
    request(`${openInterfaceUrl.href}${path}${query}`, { body: `{"action":"list"}` })
  )

describe("the open-interface service", () => {
  it.effect("needs no token and adds the header x-openapi-seqid", () =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")
      const reply = yield* listBy()
      assert.deepInclude(json(reply), { errcode: 0 })
      assert.include(reply.text, "wx-plugin")
      assert.match(reply.headers.get("x-openapi-seqid") ?? "", /^\w+-\w+-\w+$/)
      assert.isFalse((yield* callWith("access_token=x")).headers.has("x-openapi-seqid"))
      const { journal } = yield* Emulator.Emulator
      assert.deepInclude((yield* journal).at(-2), { endpoint: "plugin", operation: "pluginManager.getPluginList" })
    }).pipe(provide)
  )

  it.effect("acts for a mini program of sharesWith", () =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")
      assert.notInclude((yield* listBy("?from_appid=wx-developer")).text, "wx-plugin")
      assert.strictEqual(errcode(yield* listBy("?from_appid=wx-third")), 48001)
      assert.strictEqual(errcode(yield* listBy("?from_appid=wx-nobody")), 40013)
    }).pipe(provide)
  )

  it.effect("replies 502 for a path that is not enabled", () =>
    Effect.gen(function* () {
      const reply = yield* listBy("", "/wxa/devplugin")
      assert.deepStrictEqual([reply.status, reply.headers.get("content-type")], [502, "text/html"])
      assert.isFalse(reply.headers.has("x-openapi-seqid"))
      assert.strictEqual(errcode(yield* listBy()), 0)
    }).pipe(Effect.provide(Emulator.layer({ world, openInterface: { paths: ["/wxa/plugin"] } })))
  )

  it.effect("is not ready before readyAfter, also after a reset", () =>
    Effect.gen(function* () {
      const { reset } = yield* Emulator.Emulator
      assert.strictEqual(errcode(yield* listBy()), 85107)
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(errcode(yield* listBy()), 0)
      yield* reset
      assert.strictEqual(errcode(yield* listBy()), 85107)
    }).pipe(Effect.provide(Emulator.layer({ world, openInterface: { readyAfter: "30 seconds" } })))
  )
})

describe("cloudbase_access_token", () => {
  it.effect("is replaced every ten minutes and is valid for thirty", () =>
    Effect.gen(function* () {
      const { cloudbaseToken, expireTokens } = yield* Emulator.Emulator
      const first = yield* cloudbaseToken
      const check = Effect.map(callWith(`cloudbase_access_token=${Redacted.value(first)}`), errcode)
      yield* TestClock.adjust("9 minutes")
      assert.strictEqual(Redacted.value(yield* cloudbaseToken), Redacted.value(first))
      yield* TestClock.adjust("1 minute")
      assert.notStrictEqual(Redacted.value(yield* cloudbaseToken), Redacted.value(first))
      yield* expireTokens()
      assert.strictEqual(yield* check, 0)
      yield* TestClock.adjust("19 minutes")
      assert.strictEqual(yield* check, 0)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* check, 42001)
      assert.strictEqual(errcode(yield* callWith("cloudbase_access_token=cloudbase_0_x")), 40001)
    }).pipe(provide)
  )
})
