import { createDecipheriv, createHash } from "node:crypto"
import { Emulator, World } from "@effect-wechat/emulator"
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Exit, Layer, Redacted } from "effect"
import { errcode, type HttpReply, json, request } from "./support.js"

const world = World.make({
  miniPrograms: [{ appid: "wx-a", nickname: "A" }, { appid: "wx-b" }],
  components: [{ appid: "wx-platform" }, { appid: "wx-other" }]
})
const component = world.components[0]!

const services = {
  "in-process": Emulator.layer({ world }),
  "by the control API": Layer.flatMap(Emulator.layer({ world }), (context) =>
    EmulatorClient.layer({ url: Context.get(context, Emulator.Emulator).url }).pipe(
      Layer.provide(FetchHttpClient.layer)
    )
  )
}

/** Opens a push as WeChat's page says. */
const open = (url: string, body: string): Readonly<Record<string, string>> => {
  const query = Object.fromEntries(new URL(url, "http://platform").searchParams)
  const encrypted = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(body)![1]!
  const signature = (...parts: ReadonlyArray<string>) =>
    createHash("sha1")
      .update([...parts, Redacted.value(component.pushToken)].sort().join(""))
      .digest("hex")
  const { msg_signature, nonce, timestamp } = query
  assert.strictEqual(msg_signature, signature(timestamp!, nonce!, encrypted))
  assert.strictEqual(query["signature"], signature(timestamp!, nonce!))
  assert.strictEqual(query["encrypt_type"], "aes")
  const key = Buffer.from(`${Redacted.value(component.encodingAesKey)}=`, "base64")
  const cipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([cipher.update(encrypted, "base64"), cipher.final()])
  assert.strictEqual(plain.length % 32, 0)
  const end = 20 + plain.readUInt32BE(16)
  assert.strictEqual(plain.subarray(end, plain.length - plain.at(-1)!).toString(), component.appid)
  const message = plain.subarray(20, end).toString()
  return Object.fromEntries(
    [...message.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|(\d+))<\/\1>/g)].map(([, name, text, number]) => [
      name!,
      text ?? number!
    ])
  )
}

/** A platform that takes what is pushed to it. */
const platform = Effect.gen(function* () {
  const pushes: Array<Readonly<Record<string, string>>> = []
  const { url } = yield* httpServer((incoming, response) => {
    const chunks: Array<Buffer> = []
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
    incoming.on("end", () => {
      pushes.push(open(incoming.url!, Buffer.concat(chunks).toString()))
      response.end("success")
    })
  })
  return { url, pushes }
})

const fields = (reply: HttpReply) => json(reply) as Readonly<Record<string, unknown>>

const componentToken = (verifyTicket: string) =>
  request("/cgi-bin/component/api_component_token", {
    body: JSON.stringify({
      component_appid: component.appid,
      component_appsecret: Redacted.value(component.appSecret),
      component_verify_ticket: verifyTicket
    })
  })

/** Calls an interface of the platform with its token. */
const callWith = (token: unknown) => (name: string, body: object) =>
  Effect.map(
    request(`/cgi-bin/component/${name}?access_token=${String(token)}`, {
      body: JSON.stringify({ component_appid: component.appid, ...body })
    }),
    fields
  )

describe.each(Object.entries(services))("a platform, %s,", (_, layer) => {
  it.scopedLive("lives: ticket, pre-auth code, authorization, refresh token, list, revocation", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const { pushes, url } = yield* platform
      yield* wechat.seed({ ...world, components: [{ ...component, eventUrl: url }, world.components[1]!] })
      const start = { component_appid: component.appid, component_secret: Redacted.value(component.appSecret) }
      const started = yield* request("/cgi-bin/component/api_start_push_ticket", { body: JSON.stringify(start) })
      assert.strictEqual(errcode(started), 0)
      assert.deepInclude(pushes[0], { AppId: "wx-platform", InfoType: "component_verify_ticket" })
      assert.strictEqual(errcode(yield* componentToken(Redacted.value(component.verifyTicket))), 61006)
      const token = fields(yield* componentToken(pushes[0]!["ComponentVerifyTicket"]!))["component_access_token"]
      const call = callWith(token)

      const { expires_in, pre_auth_code } = yield* call("api_create_preauthcode", {})
      assert.match(String(pre_auth_code), /^preauthcode@@@/)
      assert.strictEqual(expires_in, 1800)
      const authorized = { event: "authorized", appid: "wx-a", preAuthCode: String(pre_auth_code) } as const
      assert.deepStrictEqual(yield* wechat.push(authorized), { status: 200, text: "success" })
      assert.deepInclude(pushes[1], {
        InfoType: "authorized",
        AuthorizerAppid: "wx-a",
        PreAuthCode: String(pre_auth_code)
      })
      assert.isTrue(Exit.isFailure(yield* Effect.exit(wechat.push(authorized))), "a pre-auth code is valid once")

      const authorization_code = pushes[1]!["AuthorizationCode"]
      const { authorization_info } = yield* call("api_query_auth", { authorization_code })
      const info = Object(authorization_info) as Readonly<Record<string, unknown>>
      assert.deepInclude(info, { authorizer_appid: "wx-a", func_info: [{ funcscope_category: { id: 40 } }] })
      assert.strictEqual((yield* call("api_query_auth", { authorization_code }))["errcode"], 61010)
      const refresh = { authorizer_appid: "wx-a", authorizer_refresh_token: info["authorizer_refresh_token"] }
      assert.containsAllKeys(yield* call("api_authorizer_token", refresh), ["authorizer_access_token"])
      const access = String(info["authorizer_access_token"])
      const listed = yield* request(`/wxa/plugin?access_token=${access}`, { body: `{"action":"list"}` })
      assert.strictEqual(errcode(listed), 0)

      yield* wechat.push({ event: "authorized", appid: "wx-b", permissionSets: [18] })
      const { list, total_count } = yield* call("api_get_authorizer_list", { offset: 0, count: 1 })
      assert.strictEqual(total_count, 2)
      const [first] = list as ReadonlyArray<Readonly<Record<string, unknown>>>
      assert.deepInclude(first, { authorizer_appid: "wx-a", refresh_token: refresh.authorizer_refresh_token })
      assert.isAtMost(Math.abs(Number(first!["auth_time"]) - Date.now() / 1000), 3600)
      const detail = yield* call("api_get_authorizer_info", { authorizer_appid: "wx-a" })
      assert.deepInclude(Object(detail["authorizer_info"]), { nick_name: "A" })

      yield* wechat.push({ event: "unauthorized", appid: "wx-a" })
      assert.deepInclude(pushes.at(-1), { InfoType: "unauthorized", AuthorizerAppid: "wx-a" })
      assert.strictEqual((yield* call("api_authorizer_token", refresh))["errcode"], 61003)
      assert.strictEqual((yield* call("api_get_authorizer_info", { authorizer_appid: "wx-a" }))["errcode"], 61003)
      assert.strictEqual((yield* call("api_get_authorizer_list", { offset: 0, count: 500 }))["total_count"], 1)

      const entry = (yield* wechat.journal).find(({ operation }) => operation === "getAuthorizerRefreshToken")
      assert.deepInclude(entry, { endpoint: "component", appid: "wx-platform" })
      assert.notInclude(JSON.stringify(yield* wechat.journal), String(authorization_code))
    }).pipe(Effect.provide(layer))
  )

  it.scopedLive("authorizes anew with another refresh token, and loses its codes with time", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const { pushes, url } = yield* platform
      yield* wechat.push({ event: "component_verify_ticket", url })
      const call = callWith(
        fields(yield* componentToken(pushes[0]!["ComponentVerifyTicket"]!))["component_access_token"]
      )
      const tokens = Effect.map(
        wechat.world,
        ({ components }) => components[0]!.authorizations.map(({ refreshToken }) => Redacted.value(refreshToken))[0]
      )
      yield* wechat.push({ event: "authorized", appid: "wx-a", url })
      const before = yield* tokens
      yield* wechat.push({ event: "updateauthorized", appid: "wx-a", permissionSets: [40, 18], url })
      assert.notStrictEqual(yield* tokens, before)
      assert.lengthOf((yield* wechat.world).components[0]!.authorizations, 1)
      yield* wechat.advance("1 hour")
      const authorization_code = pushes.at(-1)!["AuthorizationCode"]
      assert.strictEqual((yield* call("api_query_auth", { authorization_code }))["errcode"], 61010)
    }).pipe(Effect.provide(layer))
  )

  it.scopedLive("is refused with wrong data", () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      const code = (reply: Effect.Effect<Readonly<Record<string, unknown>>, Error, Emulator.Emulator>) =>
        Effect.map(reply, ({ errcode }) => errcode)
      const token = fields(yield* componentToken(Redacted.value(component.verifyTicket)))["component_access_token"]
      const call = callWith(token)
      assert.strictEqual(yield* code(call("api_query_auth", { authorization_code: "x" })), 61009)
      assert.strictEqual(yield* code(call("api_get_authorizer_list", { offset: 0, count: 501 })), 40170)
      assert.strictEqual(yield* code(call("api_get_authorizer_list", { offset: -1, count: 1 })), 47001)
      assert.strictEqual(yield* code(call("api_create_preauthcode", { component_appid: "wx-other" })), 61011)
      assert.strictEqual(yield* code(callWith("x")("api_create_preauthcode", {})), 40001)
      const start = (body: object) =>
        Effect.map(request("/cgi-bin/component/api_start_push_ticket", { body: JSON.stringify(body) }), errcode)
      assert.strictEqual(yield* start({ component_appid: "x" }), 61011)
      assert.strictEqual(yield* start({ component_appid: "wx-other", component_secret: "x" }), 40125)
      const right = { component_appid: "wx-other", component_secret: Redacted.value(component.appSecret) }
      assert.strictEqual(yield* start(right), 0)
      for (const [options, text] of [
        [{ event: "authorized", url: "http://127.0.0.1:1" }, "there is no mini program"],
        [{ event: "component_verify_ticket" }, "it has no eventUrl"],
        [{ event: "component_verify_ticket", component: "x" }, "there is no such component"],
        [{ event: "authorized", appid: "wx-a", preAuthCode: "x", url: "http://127.0.0.1:1" }, "preAuthCode"]
      ] as const) {
        assert.include(String(yield* Effect.exit(wechat.push(options))), text)
      }
    }).pipe(Effect.provide(layer))
  )
})
