import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { listed, provide, world } from "./parties.js"
import { cloudCall, sdks } from "./support.js"

describe.each(Object.entries(sdks))("two parties by %s", (_, sdk) => {
  const applicantCalls = (method: string, data: object) => cloudCall(sdk, { method, data })
  const developerCalls = (method: string, data: object) =>
    cloudCall(sdk, { method, data, config: { env: "developer-env" } })
  const apply = applicantCalls("applyPlugin", { action: "apply", pluginAppid: "wx-plugin", reason: "地图" })
  const refusal = <A, E extends { readonly errCode: number }, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.map(Effect.flip(effect), ({ errCode }) => errCode)

  it.live("apply, list, agree and unbind", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* apply, { errCode: 0, errMsg: "openapi.pluginManager.applyPlugin:ok" })
      assert.strictEqual(yield* refusal(apply), 89237)
      const received = yield* developerCalls("getPluginDevApplyList", { action: "dev_apply_list", page: 1, num: 10 })
      const { applyList } = received as { readonly applyList: ReadonlyArray<object> }
      assert.lengthOf(applyList, 1)
      assert.containsAllKeys(applyList[0], ["appid", "headimgurl", "applyUrl", "createTime", "categories"])
      assert.deepInclude(applyList[0], { appid: "wx-applicant", status: 1, reason: "地图" })
      yield* developerCalls("setDevPluginApplyStatus", { action: "dev_agree", appid: "wx-applicant" })
      // the HTTPS API shares the state
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 2]])
      yield* applicantCalls("unbindPlugin", { action: "unbind", pluginAppid: "wx-plugin" })
      assert.deepInclude(yield* applicantCalls("getPluginList", { action: "list" }), { pluginList: [] })
    }).pipe(provide)
  )

  it.live("openapi({ appid }) acts for a mini program of sharesWith", () =>
    Effect.gen(function* () {
      yield* apply
      const agree = { method: "setDevPluginApplyStatus", data: { action: "dev_agree", appid: "wx-applicant" } }
      assert.strictEqual(yield* refusal(cloudCall(sdk, agree)), 89242)
      yield* cloudCall(sdk, { ...agree, appid: "wx-developer" })
      assert.deepStrictEqual(yield* listed, [["wx-plugin", 2]])
      const method = "getPluginList"
      assert.strictEqual(yield* refusal(cloudCall(sdk, { method, appid: "wx-third" })), 48001)
      assert.strictEqual(yield* refusal(cloudCall(sdk, { method, appid: "wx-nobody" })), 40013)
    }).pipe(provide)
  )

  it.live("an API outside of the permissions gets -604101", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* refusal(apply), -604101)
      assert.deepInclude(yield* applicantCalls("getPluginList", { action: "list" }), { pluginList: [] })
    }).pipe(Effect.provide(Emulator.layer({ world, permissions: ["pluginManager.getPluginList"] })))
  )

  it.live("update is refused: it has no cloud API, and the gateway has no component token", () =>
    Effect.gen(function* () {
      const data = { action: "update", pluginAppid: "wx-plugin", userVersion: "2.2.46" }
      assert.strictEqual(yield* refusal(applicantCalls("updatePlugin", data)), -604100)
      assert.strictEqual(yield* refusal(applicantCalls("applyPlugin", data)), 89256)
    }).pipe(provide)
  )

  it.live("a fault can affect one operation or one action", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.gatewayError(-604102, { on: "dev_agree" }))
      yield* fault(Fault.errcode(45011, { on: "pluginManager.applyPlugin" }))
      yield* applicantCalls("getPluginList", { action: "list" })
      assert.strictEqual(yield* refusal(apply), 45011)
      yield* apply
      const decide = (action: string) => developerCalls("setDevPluginApplyStatus", { action, appid: "wx-applicant" })
      assert.strictEqual(yield* refusal(decide("dev_agree")), -604102)
      yield* decide("dev_refuse")
    }).pipe(provide)
  )
})
