import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { documentedClasses } from "../errors/documented.js"
import type { InvalidPayload } from "../errors/payload.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import { listOf } from "../records/listOf.js"
import { PluginApplication } from "../records/PluginApplication.js"
import type { Transport } from "../Transport.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface GetPluginDevApplyListPayload {
  /** the number of the page */
  readonly page: number
  /** applications per page */
  readonly num: number
}

/**
 * `pluginManager.getPluginDevApplyList` as data. Idempotent: it only reads.
 *
 * @since 0.1.0
 * @category operations
 */
export const operation = Operation.make({
  api: "pluginManager.getPluginDevApplyList",
  path: "/wxa/devplugin",
  action: "dev_apply_list",
  idempotent: true,
  payload: Schema.Struct({
    page: Schema.Int.pipe(Schema.nonNegative()),
    num: Schema.Int.pipe(Schema.positive())
  }),
  success: listOf("apply_list", PluginApplication),
  errors: documentedClasses
})

/**
 * @since 0.1.0
 * @category models
 */
export type GetPluginDevApplyListError = InstanceType<(typeof documentedClasses)[number]> | InvalidPayload | CommonError

/**
 * Lists one page of the applications for the developer's plugin, including the mini programs that use it (获取当前所有插件使用方).
 * `PluginApplication.stream` returns all pages.
 *
 * **Gotchas**
 * - Whether the first page is 0 or 1 is not documented; WeChat's samples say 1. 0 is sent as it is.
 * - Neither the largest `num` nor the number of all applications is documented.
 *
 * @since 0.1.0
 * @category operations
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.getPluginDevApplyList.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { Effect } from "effect"
 *
 * const pending = PluginManager.getPluginDevApplyList({ page: 1, num: 10 }).pipe(
 *   Effect.map((applications) => applications.filter(({ status }) => status === "applying"))
 * )
 * ```
 */
export const getPluginDevApplyList: (
  payload: GetPluginDevApplyListPayload
) => Effect.Effect<ReadonlyArray<PluginApplication>, GetPluginDevApplyListError, Transport> = Operation.call(operation)
