import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { documentedClasses } from "../errors/documented.js"
import type { InvalidPayload } from "../errors/payload.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import { acknowledged } from "../records/acknowledged.js"
import type { Transport } from "../Transport.js"
import { Appid } from "./appid.js"

const Payload = Schema.Union(
  Schema.Struct({ action: Schema.transformLiteral("dev_agree", "agree"), appid: Appid }),
  Schema.Struct({
    action: Schema.transformLiteral("dev_refuse", "refuse"),
    reason: Schema.NonEmptyString,
    appid: Schema.optional(Appid)
  }),
  Schema.Struct({ action: Schema.transformLiteral("dev_delete", "delete"), appid: Schema.optional(Appid) })
)

/**
 * What to do with an application. `appid` is the applicant's; WeChat's pages mention it with `agree` only.
 *
 * @since 0.1.0
 * @category models
 */
export type SetDevPluginApplyStatusPayload =
  | { readonly action: "agree"; readonly appid: string }
  | { readonly action: "refuse"; readonly reason: string; readonly appid?: string | undefined }
  | { readonly action: "delete"; readonly appid?: string | undefined }

/**
 * `pluginManager.setDevPluginApplyStatus` as data. Not idempotent: a second call may apply to another application.
 *
 * @since 0.1.0
 * @category operations
 */
export const operation = Operation.make({
  api: "pluginManager.setDevPluginApplyStatus",
  path: "/wxa/devplugin",
  action: ["dev_agree", "dev_refuse", "dev_delete"],
  idempotent: false,
  payload: Payload,
  success: acknowledged,
  errors: documentedClasses
})

/**
 * @since 0.1.0
 * @category models
 */
export type SetDevPluginApplyStatusError =
  | InstanceType<(typeof documentedClasses)[number]>
  | InvalidPayload
  | CommonError

/**
 * Agrees to an application for the developer's plugin, refuses it, or deletes a refused one (修改插件使用申请的状态).
 *
 * **Gotchas**
 * - WeChat's pages do not say which application `refuse` and `delete` mean without an `appid`. It is sent whenever it is given, so always
 *   give it.
 * - Over a cloud call, the reply `{}` cannot be told from a success: wx-server-sdk reports `:ok` for both.
 *
 * @since 0.1.0
 * @category operations
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.setDevPluginApplyStatus.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 *
 * const agree = PluginManager.setDevPluginApplyStatus({ action: "agree", appid: "wx0123456789abcdef" })
 *
 * const refuse = PluginManager.setDevPluginApplyStatus({
 *   action: "refuse",
 *   appid: "wx0123456789abcdef",
 *   reason: "仅供本市门店使用"
 * })
 * ```
 */
export const setDevPluginApplyStatus: (
  payload: SetDevPluginApplyStatusPayload
) => Effect.Effect<void, SetDevPluginApplyStatusError, Transport> = Operation.call(operation)
