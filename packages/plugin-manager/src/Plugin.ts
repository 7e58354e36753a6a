/**
 * A plugin of a mini program.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { PluginStatus } from "./PluginStatus.js"

/**
 * A plugin that a mini program applied for or uses.
 *
 * - `appid`: the plugin's appid
 * - `status`: the state of the application
 * - `nickname`: the plugin's name
 * - `headimgurl`: URL of its avatar
 * - `reason`: the reason given with the application or its refusal
 *
 * **Gotchas** `reason` is not documented; live replies carry it. Fields that are not listed here are dropped.
 *
 * @since 0.1.0
 * @category schemas
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.getPluginList.html
 */
export const Plugin = Schema.Struct({
  appid: Schema.String,
  status: PluginStatus,
  nickname: Schema.String,
  headimgurl: Schema.String,
  reason: Schema.optionalWith(Schema.String, { exact: true, nullable: true })
}).annotations({ identifier: "Plugin" })

/**
 * @since 0.1.0
 * @category models
 */
export type Plugin = typeof Plugin.Type
