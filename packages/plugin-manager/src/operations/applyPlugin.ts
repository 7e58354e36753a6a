import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { documentedClasses } from "../errors/documented.js"
import { LinkingForbidden, PluginCategoryRestricted } from "../errors/link.js"
import type { InvalidPayload } from "../errors/payload.js"
import { acknowledged } from "../internal/acknowledged.js"
import { pluginAppid } from "../internal/payload.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import type { Transport } from "../Transport.js"

const errors = [...documentedClasses, LinkingForbidden, PluginCategoryRestricted]

/**
 * `pluginManager.applyPlugin` as data. Not idempotent: once the first call got through, a second one is `PluginAlreadyAdded`,
 * or after a refusal another application.
 *
 * @since 0.1.0
 * @category operations
 */
export const applyPluginOperation = Operation.make({
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
 * Applies to a plugin's developer for its use (申请使用插件).
 *
 * **Gotchas** The newer of WeChat's pages calls `reason` required, the older ones do not. By a cloud call an answer
 * of `{}` cannot be told from a success: wx-server-sdk says `:ok` of both.
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
export const applyPlugin: (
  payload: typeof applyPluginOperation.payload.Type
) => Effect.Effect<void, ApplyPluginError, Transport> = Operation.callWith(applyPluginOperation)
