import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, TestClock } from "effect"
import { as, authorizerToken, openpid, provide, world } from "./parties.js"
import { errcode, json, request } from "./support.js"

const [plugin, user] = ["wx-plugin", "user-1"]

const login = (options: Partial<Emulator.PluginLoginOptions> = {}) =>
  Effect.flatMap(Emulator.Emulator, ({ pluginLogin }) => pluginLogin({ plugin, user, ...options }))

const post = (query: string, body: string) => request(`/wxa/getpluginopenpid?${query}`, { body })

describe("getPluginOpenPId", () => {
  it.effect("tells the plugin's owner who its user is, once for each code", () =>
    Effect.gen(function* () {
      const code = yield* login()
      const first = yield* openpid(code)
      assert.match(String(first), /^G[\w-]{27}$/)
      assert.strictEqual(yield* openpid(code), 1007)
      // the same user in the same mini program
      const again = yield* login()
      assert.notStrictEqual(again, code)
      assert.strictEqual(yield* openpid(again), first)
      const others = yield* Effect.forEach([{ user: "user-2" }, { appid: "wx-third" }], login)
      const openpids = yield* Effect.forEach(others, openpid)
      assert.strictEqual(new Set([first, ...openpids]).size, 3)
      const { journal } = yield* Emulator.Emulator
      assert.deepInclude((yield* journal).at(-1), {
        endpoint: "plugin",
        operation: "auth.getPluginOpenPId",
        appid: "wx-developer",
        path: "/wxa/getpluginopenpid",
        body: { code: others[1] },
        reply: { status: 200, errcode: 0 }
      })
    }).pipe(provide)
  )

  it.effect("a code is valid for five minutes, until the world is seeded", () =>
    Effect.gen(function* () {
      const { seed } = yield* Emulator.Emulator
      const codes = [yield* login(), yield* login()]
      yield* TestClock.adjust("299 seconds")
      assert.isString(yield* openpid(codes[0]))
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* openpid(codes[1]), 1007)
      const code = yield* login()
      yield* seed(world)
      assert.strictEqual(yield* openpid(code), 1007)
    }).pipe(provide)
  )

  it.effect("refuses what is no code, and the code of another's plugin, which stays valid", () =>
    Effect.gen(function* () {
      for (const [code, refusal] of [
        ["unknown", 1007],
        ["", 1001],
        [undefined, 1001],
        [7, 1001]
      ] as const) {
        assert.strictEqual(yield* openpid(code), refusal)
      }
      const code = yield* login()
      assert.strictEqual(errcode(yield* as("wx-applicant")("/wxa/getpluginopenpid", { code })), 1005)
      assert.isString(yield* openpid(code))
      assert.strictEqual(yield* openpid(yield* login({ plugin: "wx-open" })), 1005)
    }).pipe(provide)
  )

  it.effect("checks method, token, body, JSON", () =>
    Effect.gen(function* () {
      const { issueToken } = yield* Emulator.Emulator
      const mine = `access_token=${Redacted.value(yield* issueToken)}`
      assert.strictEqual(errcode(yield* request(`/wxa/getpluginopenpid?${mine}`, { method: "GET" })), 43002)
      assert.strictEqual(errcode(yield* post("", "{}")), 41001)
      assert.strictEqual(errcode(yield* post("access_token=x", "{}")), 40001)
      assert.strictEqual(errcode(yield* post(mine, "")), 44002)
      assert.strictEqual(errcode(yield* post(mine, "{")), 1022)
      assert.strictEqual(errcode(yield* post(mine, "{}")), 1001)
    }).pipe(provide)
  )

  it.effect("a component needs permission set 18", () =>
    Effect.gen(function* () {
      const { seed } = yield* Emulator.Emulator
      const call = Effect.gen(function* () {
        const { authorizer_access_token } = yield* authorizerToken
        const code = yield* login({ plugin: "wx-open" })
        return errcode(yield* post(`access_token=${authorizer_access_token}`, JSON.stringify({ code })))
      })
      const [component] = world.components
      const [authorization] = component!.authorizations
      for (const [permissionSets, expected] of [
        [[40], 61007],
        [[18], 0]
      ] as const) {
        yield* seed({
          ...world,
          plugins: world.plugins.map((plugin) => ({ ...plugin, owner: "wx-applicant" })),
          components: [{ ...component!, authorizations: [{ ...authorization!, permissionSets }] }]
        })
        assert.strictEqual(yield* call, expected)
      }
    }).pipe(provide)
  )

  it.effect("has a quota of its own, and faults by its name", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(1003, { on: "auth.getPluginOpenPId" }))
      const code = yield* login()
      assert.strictEqual(yield* openpid(code), 1003)
      assert.isString(yield* openpid(code))
      assert.strictEqual(yield* openpid(yield* login()), 45009)
      assert.strictEqual(errcode(yield* as("wx-developer")("/wxa/plugin", { action: "list" })), 0)
      const quota = yield* as("wx-developer")("/cgi-bin/openapi/quota/get", { cgi_path: "/wxa/getpluginopenpid" })
      assert.deepInclude(json(quota), { quota: { daily_limit: 1, used: 1, remain: 0 } })
    }).pipe(Effect.provide(Emulator.layer({ world, quotas: { "auth.getPluginOpenPId": { perDay: 1 } } })))
  )

  it.effect("is there in the open-interface service", () =>
    Effect.gen(function* () {
      const { openInterfaceUrl } = yield* Emulator.Emulator
      const code = yield* login()
      const body = JSON.stringify({ code })
      const reply = yield* request(`${openInterfaceUrl.href}/wxa/getpluginopenpid?from_appid=wx-developer`, { body })
      assert.strictEqual(errcode(reply), 0)
    }).pipe(provide)
  )
})
