import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as openpid from "../errors/openpid.js"
import type { InvalidPayload } from "../errors/payload.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import type { Transport } from "../Transport.js"

const errors = Object.values(openpid)

/**
 * @since 0.1.0
 * @category models
 */
export interface GetPluginOpenPIdPayload {
  /** what `wx.pluginLogin` returned in the plugin: valid for five minutes, and once */
  readonly code: string
}

const Envelope = Schema.Struct({
  errcode: Schema.optionalWith(Schema.Literal(0, "0"), { exact: true }),
  openpid: Schema.NonEmptyString
})

const success: Schema.Schema<string, unknown> = Schema.transform(
  Schema.Unknown.pipe(Schema.compose(Envelope, { strict: false })),
  Schema.String,
  {
    strict: true,
    decode: ({ openpid }) => openpid,
    encode: (openpid) => ({ errcode: 0 as const, openpid })
  }
)

/**
 * `auth.getPluginOpenPId` as data. Not idempotent: a code works once.
 *
 * @since 0.1.0
 * @category operations
 */
export const operation = Operation.make({
  api: "auth.getPluginOpenPId",
  path: "/wxa/getpluginopenpid",
  httpsOnly: true,
  idempotent: false,
  payload: Schema.Struct({ code: Schema.NonEmptyString }),
  success,
  errors
})

/**
 * @since 0.1.0
 * @category models
 */
export type GetPluginOpenPIdError = InstanceType<(typeof errors)[number]> | InvalidPayload | CommonError

/**
 * Exchanges the code of a plugin's user for their openpid (获取插件用户 openpid). The openpid is the same as long as the user, the mini
 * program in which they use the plugin, and the plugin are the same.
 *
 * **Gotchas**
 * - Call it with the credential of the plugin, not of a mini program that uses the plugin. A third-party platform needs the mini program's
 *   permission set 18.
 * - If the reply is lost, the code may be used up: let the plugin call `wx.pluginLogin` again.
 * - WeChat's older page has a cloud call for it, `auth.getPluginOpenPId`. The newer page says that there is none. Nobody has confirmed
 *   either, so this library counts it as HTTPS only. Over `CloudTransport` it fails with `CloudApiNotFound` if the newer page is right.
 *
 * @since 0.1.0
 * @category operations
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/basic-info/api_getpluginopenpid.html
 * @example
 * ```ts
 * import { PluginAuth } from "@effect-wechat/plugin-manager"
 *
 * // the code comes from wx.pluginLogin in the plugin
 * const openpidOf = (code: string) => PluginAuth.getPluginOpenPId({ code })
 * ```
 */
export const getPluginOpenPId: (
  payload: GetPluginOpenPIdPayload
) => Effect.Effect<string, GetPluginOpenPIdError, Transport> = Operation.call(operation)
