import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { documentedClasses } from "../errors/documented.js"
import type { InvalidPayload } from "../errors/payload.js"
import { acknowledged } from "../internal/acknowledged.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import type { Transport } from "../Transport.js"

/** The applicant, which WeChat's pages only know with `dev_agree`. */
const applicant = Schema.optional(Schema.NonEmptyString)

const Payload = Schema.Union(
  Schema.Struct({ action: Schema.transformLiteral("dev_agree", "agree"), appid: Schema.NonEmptyString }),
  Schema.Struct({
    action: Schema.transformLiteral("dev_refuse", "refuse"),
    reason: Schema.NonEmptyString,
    appid: applicant
  }),
  Schema.Struct({ action: Schema.transformLiteral("dev_delete", "delete"), appid: applicant })
)

/**
 * `pluginManager.setDevPluginApplyStatus` as data. Not idempotent: a second call may meet another application.
 *
 * @since 0.1.0
 * @category operations
 */
export const setDevPluginApplyStatusOperation = Operation.make({
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
 * Agrees to an application for one's plugin, refuses it, or deletes a refused one (修改插件使用申请的状态), for the plugin's
 * developer. `appid` is the applicant's.
 *
 * **Gotchas** WeChat's pages know `appid` with `agree` alone, and do not say whose application `refuse` and `delete` without
 * one mean. It is sent wherever it is given: give it. By a cloud call an answer
 * of `{}` cannot be told from a success: wx-server-sdk says `:ok` of both.
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
  payload: typeof setDevPluginApplyStatusOperation.payload.Type
) => Effect.Effect<void, SetDevPluginApplyStatusError, Transport> = Operation.callWith(setDevPluginApplyStatusOperation)
