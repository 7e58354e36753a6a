import { Emulator, Fault } from "@effect-wechat/emulator"
import { PluginAuth } from "@effect-wechat/plugin-manager"
import { assert } from "@effect/vitest"
import { Effect, Layer, TestClock } from "effect"
import { operationCases, rejectsCredential } from "./errcodes.js"
import { layerPlatform } from "./platform.js"
import type { Subject } from "./subjects.js"
import { testWith, world } from "./two.js"
import { failureOf, valueOf } from "./world.js"

const { getPluginOpenPId } = PluginAuth
const api = "auth.getPluginOpenPId"

/** The code that the plugin of a user gets from `wx.pluginLogin`. */
const login = (options: Partial<Emulator.PluginLoginOptions> = {}) =>
  Effect.flatMap(Emulator.Emulator, ({ pluginLogin }) =>
    pluginLogin({ plugin: "wx-plugin", user: "user-1", ...options })
  )

const overHttps = (subject: Extract<Subject, { readonly kind: "https" }>): void => {
  const test = testWith(subject)

  test("tells the plugin's owner who its user is, by the page's request", ({ owner }) =>
    Effect.gen(function* () {
      const openpidOf = (options: Partial<Emulator.PluginLoginOptions> = {}) =>
        Effect.flatMap(login(options), (code) => owner(valueOf(getPluginOpenPId({ code }))))
      const code = yield* login()
      const openpid = yield* owner(valueOf(getPluginOpenPId({ code })))
      const entry = (yield* (yield* Emulator.Emulator).journal).at(-1)
      assert.deepInclude(entry, {
        method: "POST",
        path: "/wxa/getpluginopenpid",
        query: {},
        contentType: "application/json",
        body: { code }
      })
      assert.strictEqual(entry?.credential?.parameter, "access_token")
      assert.strictEqual(yield* openpidOf(), openpid)
      assert.notStrictEqual(yield* openpidOf({ user: "user-2" }), openpid)
      assert.notStrictEqual(yield* openpidOf({ appid: "wx-third" }), openpid)
    }))

  test("a code works once, for five minutes, and for the plugin's owner alone", ({ applicant, owner }) =>
    Effect.gen(function* () {
      const [code, late] = [yield* login(), yield* login()]
      assert.strictEqual((yield* applicant(failureOf(getPluginOpenPId({ code }))))._tag, "PluginAppidMismatch")
      yield* owner(valueOf(getPluginOpenPId({ code })))
      assert.strictEqual((yield* owner(failureOf(getPluginOpenPId({ code }))))._tag, "OpenPIdNotFound")
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual((yield* owner(failureOf(getPluginOpenPId({ code: late }))))._tag, "OpenPIdNotFound")
    }))

  test("a code whose reply is lost is used up, and no error that one may repeat", ({ owner }) =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      const call = getPluginOpenPId({ code: yield* login() })
      yield* fault(Fault.reset())
      const error: object = yield* owner(failureOf(call))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection", isRetryable: false })
      assert.strictEqual((yield* owner(failureOf(call)))._tag, "OpenPIdNotFound")
    }))

  test("every errcode", ({ owner }) =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      for (const { errcode, tag } of operationCases(api)) {
        const errmsg = `text of ${errcode}`
        yield* fault(Fault.errcode(errcode, { errmsg, times: rejectsCredential("https", errcode) ? 2 : 1 }))
        const error: object = yield* owner(failureOf(getPluginOpenPId({ code: "a-code" })))
        assert.deepInclude({ ...error }, { _tag: tag, api, errcode, errmsg, endpoint: "api", isRetryable: false })
      }
    }))

  test("a third-party platform needs the permission set 18", () =>
    Effect.gen(function* () {
      const { seed } = yield* Emulator.Emulator
      const byPlatform = Effect.provide(yield* Layer.build(layerPlatform(subject, "wx-applicant")))
      const plugins = world.plugins.map((plugin) => ({ ...plugin, owner: "wx-applicant" }))
      const [component] = world.components
      const allowed = (permissionSets: ReadonlyArray<number>) => {
        const authorizations = component!.authorizations.map((one) => ({ ...one, permissionSets }))
        return seed({ ...world, plugins, components: [{ ...component!, authorizations }] })
      }
      yield* allowed([40])
      const error: object = yield* byPlatform(failureOf(getPluginOpenPId({ code: yield* login() })))
      assert.deepInclude({ ...error }, { _tag: "ComponentNotAuthorized", errcode: 61007 })
      yield* allowed([18])
      assert.isString(yield* byPlatform(valueOf(getPluginOpenPId({ code: yield* login() }))))
    }))
}

/** `getPluginOpenPId`, which counts as HTTPS only. */
export const openpids = (subject: Subject): void => {
  if (subject.kind === "https") {
    overHttps(subject)
    return
  }
  testWith(subject)("has no cloud call, and says so", ({ owner }) =>
    Effect.gen(function* () {
      const error: object = yield* owner(failureOf(getPluginOpenPId({ code: yield* login() })))
      assert.deepInclude({ ...error }, { _tag: "CloudApiNotFound", api, errcode: -604100, endpoint: "gateway" })
    })
  )
}
