import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { documentedClasses } from "../errors/documented.js"
import { LivePluginNotDeletable } from "../errors/link.js"
import type { InvalidPayload } from "../errors/payload.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import { acknowledged } from "../records/acknowledged.js"
import type { Transport } from "../Transport.js"
import { pluginAppid } from "./appid.js"

const errors = [...documentedClasses, LivePluginNotDeletable]

/**
 * @since 0.1.0
 * @category models
 */
export interface UnbindPluginPayload {
  /** the appid of the plugin */
  readonly pluginAppid: string
}

/**
 * `pluginManager.unbindPlugin` as data. Idempotent: removing a plugin twice does no more than removing it once.
 *
 * @since 0.1.0
 * @category operations
 */
export const operation = Operation.make({
  api: "pluginManager.unbindPlugin",
  path: "/wxa/plugin",
  action: "unbind",
  idempotent: true,
  payload: Schema.Struct({ pluginAppid }),
  success: acknowledged,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export type UnbindPluginError = InstanceType<(typeof errors)[number]> | InvalidPayload | CommonError

/**
 * Removes a plugin from the mini program (删除已添加的插件).
 *
 * **Gotchas**
 * - When it is repeated because a reply was lost, `PluginNotAdded` means that the first call got through.
 * - Over a cloud call, the reply `{}` cannot be told from a success: wx-server-sdk reports `:ok` for both.
 *
 * @since 0.1.0
 * @category operations
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.unbindPlugin.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { Effect } from "effect"
 *
 * const program = PluginManager.unbindPlugin({ pluginAppid: "wx4418e3e031e551be" }).pipe(
 *   PluginManager.retryTransient,
 *   Effect.catchTag("PluginNotAdded", () => Effect.void)
 * )
 * ```
 */
export const unbindPlugin: (payload: UnbindPluginPayload) => Effect.Effect<void, UnbindPluginError, Transport> =
  Operation.call(operation)
