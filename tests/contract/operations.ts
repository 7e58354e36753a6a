import { PluginManager, type PluginManagerError, type Transport } from "@effect-wechat/plugin-manager"
import type { Effect } from "effect"

interface Case {
  readonly api: string
  readonly path: "/wxa/plugin" | "/wxa/devplugin"
  readonly body: object
  readonly call: Effect.Effect<unknown, PluginManagerError.PluginManagerError, Transport.Transport>
  readonly isIdempotent: boolean
}

const { applyPlugin, getPluginDevApplyList, getPluginList, setDevPluginApplyStatus, unbindPlugin } = PluginManager

const plugin = (api: string, body: object, call: Case["call"], isIdempotent: boolean): Case => ({
  api: `pluginManager.${api}`,
  path: "/wxa/plugin",
  body,
  call,
  isIdempotent
})

const devplugin = (api: string, body: object, call: Case["call"], isIdempotent: boolean): Case => ({
  ...plugin(api, body, call, isIdempotent),
  path: "/wxa/devplugin"
})

const decide = (body: object, payload: Parameters<typeof setDevPluginApplyStatus>[0]) =>
  devplugin("setDevPluginApplyStatus", body, setDevPluginApplyStatus(payload), false)

/**
 * What every transport can do, and the request that WeChat's pages have for it: by hand, not from the library's own table.
 */
export const operations: ReadonlyArray<Case> = [
  plugin("getPluginList", { action: "list" }, getPluginList, true),
  plugin("applyPlugin", { action: "apply", plugin_appid: "aaaa" }, applyPlugin({ pluginAppid: "aaaa" }), false),
  plugin(
    "applyPlugin",
    { action: "apply", plugin_appid: "aaaa", reason: "hello" },
    applyPlugin({ pluginAppid: "aaaa", reason: "hello" }),
    false
  ),
  plugin("unbindPlugin", { action: "unbind", plugin_appid: "aaaa" }, unbindPlugin({ pluginAppid: "aaaa" }), true),
  devplugin(
    "getPluginDevApplyList",
    { action: "dev_apply_list", page: 1, num: 10 },
    getPluginDevApplyList({ page: 1, num: 10 }),
    true
  ),
  decide({ action: "dev_agree", appid: "wx1" }, { action: "agree", appid: "wx1" }),
  decide({ action: "dev_refuse", reason: "refuse reason" }, { action: "refuse", reason: "refuse reason" }),
  decide(
    { action: "dev_refuse", reason: "为什么", appid: "wx1" },
    { action: "refuse", appid: "wx1", reason: "为什么" }
  ),
  decide({ action: "dev_delete" }, { action: "delete" }),
  decide({ action: "dev_delete", appid: "wx1" }, { action: "delete", appid: "wx1" })
]
