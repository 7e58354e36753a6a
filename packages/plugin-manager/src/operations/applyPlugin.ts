import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { documentedClasses } from "../errors/documented.js"
import { LinkingForbidden, PluginCategoryRestricted } from "../errors/link.js"
import type { InvalidPayload } from "../errors/payload.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import { acknowledged } from "../records/acknowledged.js"
import type { Transport } from "../Transport.js"
import { pluginAppid } from "./appid.js"

const errors = [...documentedClasses, LinkingForbidden, PluginCategoryRestricted]

/**
 * @since 0.1.0
 * @category models
 */
export interface ApplyPluginPayload {
  /** the appid of the plugin */
  readonly pluginAppid: string
  /** shown to the plugin's developer */
  readonly reason?: string | undefined
}

/**
 * `pluginManager.applyPlugin` as data. Not idempotent: after a first call that got through, a second one fails with
 * `PluginAlreadyAdded`, or applies again after a refusal.
 *
 * @since 0.1.0
 * @category operations
 */
export const operation = Operation.make({
  api: "pluginManager.applyPlugin",
  path: "/wxa/plugin",
  action: "apply",
  idempotent: false,
  payload: Schema.Struct({ pluginAppid, reason: Schema.optional(Schema.String) }),
  success: acknowledged,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export type ApplyPluginError = InstanceType<(typeof errors)[number]> | InvalidPayload | CommonError

/**
 * Asks a plugin's developer for permission to use the plugin (申请使用插件).
 *
 * **Gotchas**
 * - WeChat's newer page says that `reason` is required, the older pages do not.
 * - Over a cloud call, the reply `{}` cannot be told from a success: wx-server-sdk reports `:ok` for both.
 *
 * @since 0.1.0
 * @category operations
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.applyPlugin.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 *
 * const program = PluginManager.applyPlugin({ pluginAppid: "wx4418e3e031e551be", reason: "门店地图" })
 * ```
 */
export const applyPlugin: (payload: ApplyPluginPayload) => Effect.Effect<void, ApplyPluginError, Transport> =
  Operation.call(operation)
