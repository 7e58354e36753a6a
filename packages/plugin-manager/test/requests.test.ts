import {
  PluginAuth,
  PluginManager,
  PluginOperations,
  ThirdPartyPlatform,
  Transport
} from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"

/** Requests as WeChat's pages have them in their samples and tables, written down by hand: not read from the library. */
const documented: ReadonlyArray<
  readonly [
    /** an operation of `pluginManager`, unless it says otherwise */
    name: string,
    path: string,
    json: string,
    program: Effect.Effect<unknown, unknown, Transport.Transport | ThirdPartyPlatform.ThirdPartyPlatform>
  ]
> = [
  ["getPluginList", "/wxa/plugin", `{"action":"list"}`, PluginManager.getPluginList],
  [
    "applyPlugin",
    "/wxa/plugin",
    `{"action":"apply","plugin_appid":"aaaa","reason":"hello"}`,
    PluginManager.applyPlugin({ pluginAppid: "aaaa", reason: "hello" })
  ],
  [
    "applyPlugin without a reason",
    "/wxa/plugin",
    `{"action":"apply","plugin_appid":"aaaa"}`,
    PluginManager.applyPlugin({ pluginAppid: "aaaa", reason: undefined })
  ],
  [
    "applyPlugin (unless added)",
    "/wxa/plugin",
    `{"action":"apply","plugin_appid":"aaaa","reason":"hello"}`,
    PluginManager.applyPluginUnlessAdded({ pluginAppid: "aaaa", reason: "hello" })
  ],
  [
    "unbindPlugin",
    "/wxa/plugin",
    `{"action":"unbind","plugin_appid":"aaaa"}`,
    PluginManager.unbindPlugin({ pluginAppid: "aaaa" })
  ],
  [
    "updatePlugin",
    "/wxa/plugin",
    `{"action":"update","plugin_appid":"wx5514af450eaceec2","user_version":"2.2.46"}`,
    PluginManager.updatePlugin({ pluginAppid: "wx5514af450eaceec2", userVersion: "2.2.46" })
  ],
  [
    "getPluginDevApplyList",
    "/wxa/devplugin",
    `{"action":"dev_apply_list","page":1,"num":10}`,
    PluginManager.getPluginDevApplyList({ page: 1, num: 10 })
  ],
  [
    "setDevPluginApplyStatus to agree",
    "/wxa/devplugin",
    `{"action":"dev_agree","appid":"aaaa"}`,
    PluginManager.setDevPluginApplyStatus({ action: "agree", appid: "aaaa" })
  ],
  [
    "setDevPluginApplyStatus to refuse",
    "/wxa/devplugin",
    `{"action":"dev_refuse","reason":"refuse reason"}`,
    PluginManager.setDevPluginApplyStatus({ action: "refuse", reason: "refuse reason" })
  ],
  [
    "setDevPluginApplyStatus to refuse one of many",
    "/wxa/devplugin",
    `{"action":"dev_refuse","reason":"refuse reason","appid":"aaaa"}`,
    PluginManager.setDevPluginApplyStatus({ action: "refuse", reason: "refuse reason", appid: "aaaa" })
  ],
  [
    "setDevPluginApplyStatus to delete",
    "/wxa/devplugin",
    `{"action":"dev_delete"}`,
    PluginManager.setDevPluginApplyStatus({ action: "delete" })
  ],
  [
    "setDevPluginApplyStatus to delete one of many",
    "/wxa/devplugin",
    `{"action":"dev_delete","appid":"aaaa"}`,
    PluginManager.setDevPluginApplyStatus({ action: "delete", appid: "aaaa" })
  ],
  [
    "auth.getPluginOpenPId",
    "/wxa/getpluginopenpid",
    `{"code":"0c2b206443ce0c23338f6cb4d1ec15a1af0b8bcddbff26510dda4b23a433c391"}`,
    PluginAuth.getPluginOpenPId({ code: "0c2b206443ce0c23338f6cb4d1ec15a1af0b8bcddbff26510dda4b23a433c391" })
  ]
]

const apiOf = (name: string) => {
  const operation = name.split(" ")[0]!
  return operation.includes(".") ? operation : `pluginManager.${operation}`
}

describe("every request is the documented one", () => {
  for (const [name, path, json, program] of documented) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const calls: Array<Transport.Call> = []
        yield* program.pipe(
          Effect.provideService(Transport.Transport, {
            call: (call) => {
              calls.push(call)
              const fields = call.api === "auth.getPluginOpenPId" ? { openpid: "o" } : {}
              return Effect.succeed(Transport.reply({ errcode: 0, errmsg: "ok", ...fields }))
            }
          }),
          Effect.provideService(ThirdPartyPlatform.ThirdPartyPlatform, {})
        )
        const [call] = calls
        assert.lengthOf(calls, 1)
        assert.strictEqual(call!.path, path)
        assert.strictEqual(call!.api, apiOf(name))
        assert.deepStrictEqual(JSON.parse(JSON.stringify(call!.body)), JSON.parse(json))
      })
    )
  }

  it("and no operation is left out", () => {
    const names = new Set(documented.map(([name]) => apiOf(name)))
    const operations = Object.values(PluginOperations).map(({ api }) => api)
    assert.sameMembers(operations, [...names])
  })
})
