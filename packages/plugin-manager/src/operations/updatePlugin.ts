import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { InvalidPayload } from "../errors/payload.js"
import * as plugin from "../errors/plugin.js"
import * as update from "../errors/update.js"
import { renamed } from "../internal/fields.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import { acknowledged } from "../records/acknowledged.js"
import { ThirdPartyPlatform } from "../ThirdPartyPlatform.js"
import type { Transport } from "../Transport.js"
import { pluginAppid } from "./appid.js"

const errors = [
  plugin.PluginApplicationsClosed,
  plugin.PluginAlreadyAdded,
  plugin.PluginLimitReached,
  plugin.PluginDoesNotExist,
  plugin.PendingApplicationNotDeletable,
  plugin.PluginNotAdded,
  ...Object.values(update)
]

/**
 * @since 0.1.0
 * @category models
 */
export interface UpdatePluginPayload {
  /** the appid of the plugin */
  readonly pluginAppid: string
  /** the plugin's version, such as `2.2.46` */
  readonly userVersion: string
}

/**
 * `pluginManager.updatePlugin` as data; WeChat has no name for it, so it is named like the others. Not idempotent: it releases the
 * mini program anew, and a late repetition may undo a newer update.
 *
 * @since 0.1.0
 * @category operations
 */
export const operation = Operation.make({
  api: "pluginManager.updatePlugin",
  path: "/wxa/plugin",
  action: "update",
  httpsOnly: true,
  idempotent: false,
  payload: Schema.Struct({ pluginAppid, userVersion: renamed(Schema.NonEmptyString, "user_version") }),
  success: acknowledged,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export type UpdatePluginError = InstanceType<(typeof errors)[number]> | InvalidPayload | CommonError

const send = Operation.call(operation)

/**
 * Updates a plugin that the released mini program uses, without a review (快速更新插件版本号). For third-party platforms.
 *
 * **Gotchas** The plugin's developer must have released that version with quick update (快速更新).
 *
 * @since 0.1.0
 * @category operations
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Business/pluginManager.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 *
 * const program = PluginManager.updatePlugin({ pluginAppid: "wx5514af450eaceec2", userVersion: "2.2.46" })
 * ```
 */
export const updatePlugin = (
  payload: UpdatePluginPayload
): Effect.Effect<void, UpdatePluginError, Transport | ThirdPartyPlatform> =>
  Effect.zipRight(ThirdPartyPlatform, send(payload))
