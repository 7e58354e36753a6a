import { Emulator } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, TestClock } from "effect"
import { apply, as, authorizerToken, decide, listed, provide, unbind } from "./parties.js"
import { callWith, errcode, request } from "./support.js"

describe("apply", () => {
  it.effect("stays pending until the owner decides, and cannot be repeated meanwhile", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* apply("wx-plugin", "地图"), 0)
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 1]])
      assert.strictEqual(yield* apply("wx-plugin"), 89237)
      assert.strictEqual(yield* decide("dev_agree"), 0)
      assert.strictEqual(yield* apply("wx-plugin"), 89237)
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 2]])
    }).pipe(provide)
  )

  it.effect("can be repeated after a refusal or a timeout", () =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")
      yield* decide("dev_refuse")
      assert.strictEqual(yield* apply("wx-plugin"), 0)
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 1]])
      yield* TestClock.adjust("47 hours")
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 1]])
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 4]])
      assert.strictEqual(yield* apply("wx-plugin"), 0)
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 1]])
    }).pipe(provide)
  )

  it.effect("is approved at once by a plugin with autoApproves", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* apply("wx-open"), 0)
      assert.deepStrictEqual(yield* listed, [["wx-open", 2]])
    }).pipe(provide)
  )

  it.effect("is refused with the errcode of the reason", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* apply("wx-nothing"), 89239)
      assert.strictEqual(yield* apply("wx-closed"), 89236)
      assert.strictEqual(yield* apply("wx-linked"), 89245)
      assert.strictEqual(yield* apply("wx-special"), 89246)
      assert.strictEqual(yield* apply(""), 47001)
      assert.deepStrictEqual(yield* listed, [])
    }).pipe(provide)
  )

  it.effect("counts pending and approved applications against the limit", () =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")
      yield* apply("wx-open")
      assert.strictEqual(yield* apply("wx-live"), 89238)
      yield* decide("dev_refuse")
      assert.strictEqual(yield* apply("wx-live"), 0)
      assert.strictEqual(yield* apply("wx-plugin"), 89238)
    }).pipe(provide)
  )
})

describe("unbind", () => {
  it.effect("removes the application from both lists", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* unbind("wx-plugin"), 89044)
      yield* apply("wx-plugin")
      yield* decide("dev_agree")
      assert.strictEqual(yield* unbind("wx-plugin"), 0)
      assert.deepStrictEqual(yield* listed, [])
      assert.strictEqual(yield* decide("dev_agree"), 89242)
      assert.strictEqual(yield* unbind("wx-plugin"), 89044)
    }).pipe(provide)
  )

  it.effect("removes a pending application only after 24 hours", () =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")
      yield* TestClock.adjust("23 hours")
      assert.strictEqual(yield* unbind("wx-plugin"), 89243)
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 1]])
      assert.strictEqual(yield* unbind("wx-plugin"), 0)
      assert.deepStrictEqual(yield* listed, [])
    }).pipe(provide)
  )

  it.effect("removes a refused application at once, and never the live broadcast plugin", () =>
    Effect.gen(function* () {
      yield* apply("wx-plugin")
      yield* decide("dev_refuse")
      assert.strictEqual(yield* unbind("wx-plugin"), 0)
      yield* apply("wx-live")
      assert.strictEqual(yield* unbind("wx-live"), 89259)
    }).pipe(provide)
  )
})

describe("update", () => {
  const update = (user_version?: string, plugin_appid = "wx-plugin") =>
    Effect.flatMap(authorizerToken, ({ authorizer_access_token }) =>
      Effect.map(
        callWith(
          `access_token=${authorizer_access_token}`,
          JSON.stringify({ action: "update", plugin_appid, user_version })
        ),
        errcode
      )
    )

  it.effect("requires the token of a component", () =>
    Effect.gen(function* () {
      const body = { action: "update", plugin_appid: "wx-plugin", user_version: "2.2.46" }
      assert.strictEqual(errcode(yield* as("wx-applicant")("/wxa/plugin", body)), 89256)
    }).pipe(provide)
  )

  it.effect("accepts a released version of a plugin in use", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      assert.strictEqual(yield* update("2.2.46"), 80067)
      yield* apply("wx-plugin")
      assert.strictEqual(yield* update("2.2.46"), 80067)
      yield* decide("dev_agree")
      assert.strictEqual(yield* update(), 47001)
      assert.strictEqual(yield* update("latest"), 80066)
      assert.strictEqual(yield* update("9.9.9"), 89257)
      assert.strictEqual(yield* update("3.0.0"), 89258)
      assert.isUndefined((yield* wechat.world).applications[0]?.userVersion)
      assert.strictEqual(yield* update("2.2.46"), 0)
      assert.strictEqual((yield* wechat.world).applications[0]?.userVersion, "2.2.46")
    }).pipe(provide)
  )
})

describe("the plugin paths", () => {
  it.effect("refuse the actions of each other", () =>
    Effect.gen(function* () {
      for (const [path, action] of [
        ["/wxa/plugin", "dev_agree"],
        ["/wxa/devplugin", "list"],
        ["/wxa/devplugin", "toString"]
      ] as const) {
        assert.strictEqual(errcode(yield* as("wx-developer")(path, { action })), 40066)
      }
      assert.strictEqual(errcode(yield* request("/wxa/devplugin", { method: "GET" })), 43002)
    }).pipe(provide)
  )
})
