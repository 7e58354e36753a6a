import * as Schema from "effect/Schema"
import { nullable, withDefault } from "../internal/fields.js"
import { PluginStatus } from "./PluginStatus.js"

/**
 * A plugin that a mini program applied for or uses.
 *
 * **Gotchas** Fields of WeChat's reply that are not listed here are dropped.
 *
 * @since 0.1.0
 * @category models
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.getPluginList.html
 */
export interface Plugin {
  /** the plugin's appid */
  readonly appid: string
  /** the status of the application for it */
  readonly status: PluginStatus
  /** the plugin's name; empty where WeChat sends none */
  readonly nickname: string
  /** the URL of its avatar; empty where WeChat sends none */
  readonly headimgurl: string
  /** not documented, but seen in replies: the reason given with the application or its refusal */
  readonly reason?: string
}

/**
 * Decodes WeChat's JSON of a plugin. It also accepts a `nickname` or `headimgurl` that is null or absent, and a `status` that is a
 * string of digits: one odd record must not lose the list.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Plugin = Schema.Struct({
  appid: Schema.String,
  status: PluginStatus,
  nickname: withDefault(Schema.String, () => ""),
  headimgurl: withDefault(Schema.String, () => ""),
  reason: nullable(Schema.String)
}).annotations({ identifier: "Plugin" })
