import { Emulator, Fault, type Journal } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { cloudCall, cloudSample, request, sdks } from "./support.js"

const provide = Effect.provide(Emulator.layer())

describe.each(Object.entries(sdks))("POST /admin by %s", (_, sdk) => {
  const call = cloudCall(sdk)
  const refusal = (fault: Fault.Fault) =>
    Effect.gen(function* () {
      const { fault: order } = yield* Emulator.Emulator
      yield* order(fault)
      return yield* Effect.flip(call)
    })

  it.live("replies with the sample of WeChat's page", () =>
    Effect.gen(function* () {
      const { plugins, setPlugins } = yield* Emulator.Emulator
      yield* setPlugins((yield* plugins).slice(0, 1))
      assert.deepStrictEqual(yield* call, cloudSample)
      yield* setPlugins([])
      assert.deepStrictEqual(yield* call, { ...(cloudSample as object), pluginList: [] })
    }).pipe(provide)
  )

  it.live("records the decoded request in the journal", () =>
    Effect.gen(function* () {
      const { awaitRequest } = yield* Emulator.Emulator
      yield* Effect.flip(cloudCall(sdk, { appid: "wx-other" }))
      const entry = yield* awaitRequest("gateway")
      const { partNames, ...body } = entry.body as Journal.GatewayBody
      assert.deepStrictEqual(body, {
        apiName: "pluginManager.getPluginList",
        appid: "wx-other",
        data: { action: "list" },
        envName: "test-env-1"
      })
      assert.includeMembers([...partNames], ["action", "apiName", "requestData", "envName", "wxCloudApiToken"])
      assert.deepStrictEqual(
        [entry.method, entry.path, entry.reply],
        ["POST", "/admin", { status: 200, errcode: 40013 }]
      )
      assert.match(entry.contentType ?? "", /^multipart\/form-data; boundary=/)
    }).pipe(provide)
  )

  it.live("the SDK reports the faults errcode, body and gatewayError", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      const added = yield* refusal(Fault.errcode(89237))
      assert.strictEqual(added.errCode, 89237)
      assert.match(added.errMsg, /^openapi\.pluginManager\.getPluginList:fail plugin has send apply message .* rid: /)
      const denied = yield* refusal(Fault.gatewayError(-604101))
      assert.deepStrictEqual([denied.errCode, denied.errMsg], [-604101, "system error: error code: -604101"])
      const garbled = yield* refusal(Fault.body("{"))
      assert.strictEqual(garbled.errCode, -601001)
      yield* fault(Fault.body("oops", { contentType: "text/plain" }))
      assert.deepInclude(yield* call, { result: "oops", errCode: 0 })
      yield* fault(Fault.errcode(-1, { on: "token" }))
      assert.deepInclude(yield* call, { errCode: 0 })
    }).pipe(provide)
  )

  it.live("the SDK reports raw replies and broken connections as system errors", () =>
    Effect.gen(function* () {
      const gone = yield* refusal(Fault.raw({ status: 502, body: "<h1>502</h1>" }))
      assert.match(gone.errMsg, /502/)
      const json = { "content-type": "application/json; charset=utf-8" }
      const body = JSON.stringify({ code: "EXCEED_REQUEST_LIMIT", message: "too many", requestId: "r" })
      assert.strictEqual((yield* refusal(Fault.raw({ headers: json, body }))).errCode, -501003)
      for (const fault of [Fault.reset(), Fault.close(), Fault.truncate()]) {
        assert.strictEqual((yield* refusal(fault)).errCode, -501001, fault._tag)
      }
    }).pipe(provide)
  )

  it.live("hold and release", () =>
    Effect.gen(function* () {
      const { awaitRequest, fault, release } = yield* Emulator.Emulator
      yield* fault(Fault.hold())
      const held = yield* Effect.fork(call)
      yield* awaitRequest("gateway")
      yield* release
      assert.deepInclude(yield* held, { errCode: 0 })
    }).pipe(provide)
  )

  it.live("an unknown API gets -604100, a wrong key pair an error of CloudBase", () =>
    Effect.gen(function* () {
      const unknown = yield* Effect.flip(cloudCall(sdk, { method: "getPlugin" }))
      assert.strictEqual(unknown.errCode, -604100)
      const stranger = yield* Effect.flip(cloudCall(sdk, { config: { secretId: "x", secretKey: "y" } }))
      assert.match(stranger.errMsg, /secretId of the signature is not known/)
    }).pipe(provide)
  )

  it.live("a call without permission gets -604101", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* Effect.flip(call)).errCode, -604101)
    }).pipe(Effect.provide(Emulator.layer({ permissions: [] })))
  )
})

describe("POST /admin by hand", () => {
  const fixture = Buffer.from("080012120a100a06616374696f6e1206226c69737422", "hex")

  const form = (secretId: string, fields: Readonly<Record<string, string>>) => {
    const parts = Object.entries({ authorization: `q-sign-algorithm=sha1&q-ak=${secretId}`, ...fields })
    const text = parts.map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    )
    const head = `--b\r\nContent-Disposition: form-data; name="requestData"\r\nContent-Type: application/octet-stream\r\n\r\n`
    return request("/admin", {
      headers: { "content-type": "multipart/form-data; boundary=b" },
      body: Buffer.concat([Buffer.from(text.join("") + head), fixture, Buffer.from("\r\n--b--\r\n")])
    })
  }
  const fields = { action: "wx.openApi", apiName: "pluginManager.getPluginList", envName: "e" }

  it.effect("decodes the bytes that an SDK before 2.x sends", () =>
    Effect.gen(function* () {
      const { awaitRequest, secretId } = yield* Emulator.Emulator
      const reply = yield* form(secretId, fields)
      assert.strictEqual(reply.headers.get("content-type"), "application/octet-stream")
      assert.include(reply.text, `{"errcode":0,"errmsg":"ok","plugin_list":[{"appid":"aaaa"`)
      const { body, credential } = yield* awaitRequest("gateway")
      assert.isUndefined(credential)
      assert.deepStrictEqual((body as Journal.GatewayBody).data, { action: "list" })
    }).pipe(provide)
  )

  it.effect("checks a cloudbase token and accepts any api token", () =>
    Effect.gen(function* () {
      const { cloudbaseToken, journal, secretId } = yield* Emulator.Emulator
      yield* form(secretId, { ...fields, wxCloudbaseAccesstoken: Redacted.value(yield* cloudbaseToken) })
      yield* form(secretId, { ...fields, wxCloudbaseAccesstoken: "nonsense" })
      yield* form(secretId, { ...fields, wxCloudApiToken: "anything" })
      yield* form(secretId, { ...fields, apiName: "constructor" })
      assert.deepStrictEqual(
        (yield* journal).map(({ credential, reply }) => [credential?.parameter, reply.errcode]),
        [
          ["wxCloudbaseAccesstoken", 0],
          ["wxCloudbaseAccesstoken", 40001],
          ["wxCloudApiToken", 0],
          [undefined, -604100]
        ]
      )
    }).pipe(provide)
  )

  it.effect("anything else gets an error of CloudBase", () =>
    Effect.gen(function* () {
      const { secretId } = yield* Emulator.Emulator
      const replies = [
        yield* request("/admin", { method: "GET" }),
        yield* request("/admin", { body: "{}" }),
        yield* request("/admin", { body: "--b", headers: { "content-type": "multipart/form-data; boundary=b" } }),
        yield* form(secretId, { ...fields, action: "wx.api" }),
        yield* form("stranger", fields)
      ]
      for (const reply of replies) {
        assert.strictEqual(reply.headers.get("content-type"), "application/json; charset=utf-8")
        assert.hasAllKeys(JSON.parse(reply.text), ["code", "message", "requestId"])
      }
    }).pipe(provide)
  )
})
