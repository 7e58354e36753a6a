import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { InvalidPayload } from "../errors/payload.js"
import * as plugin from "../errors/plugin.js"
import * as update from "../errors/update.js"
import { acknowledged } from "../internal/acknowledged.js"
import { pluginAppid } from "../internal/payload.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import { ThirdPartyPlatform } from "../ThirdPartyPlatform.js"
import type { Transport } from "../Transport.js"

const errors = [
  plugin.PluginNotApplicable,
  plugin.PluginAlreadyAdded,
  plugin.PluginLimitReached,
  plugin.PluginNotFound,
  plugin.PendingApplicationNotDeletable,
  plugin.PluginNotAdded,
  ...Object.values(update)
]

/**
 * `pluginManager.updatePlugin` as data; the name is ours, after its siblings. Not idempotent: it releases the mini program
 * anew, and a late repetition may undo a newer update.
 *
 * @since 0.1.0
 * @category operations
 */
export const updatePluginOperation = Operation.make({
  api: "pluginManager.updatePlugin",
  path: "/wxa/plugin",
  action: "update",
  httpsOnly: true,
  idempotent: false,
  payload: Schema.Struct({
    pluginAppid,
    userVersion: Schema.propertySignature(Schema.NonEmptyString).pipe(Schema.fromKey("user_version"))
  }),
  success: acknowledged,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export type UpdatePluginError = InstanceType<(typeof errors)[number]> | InvalidPayload | CommonError

const send = Operation.callWith(updatePluginOperation)

/**
 * Updates a plugin that the mini program in use has, without a review (快速更新插件版本号), for third-party platforms.
 *
 * **Gotchas** The plugin's developer has to have released that version with quick update (快速更新).
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
  payload: typeof updatePluginOperation.payload.Type
): Effect.Effect<void, UpdatePluginError, Transport | ThirdPartyPlatform> =>
  Effect.zipRight(ThirdPartyPlatform, send(payload))
