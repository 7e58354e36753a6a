import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { documentedClasses } from "../errors/documented.js"
import type { InvalidPayload } from "../errors/payload.js"
import { listOf } from "../internal/listOf.js"
import * as Operation from "../Operation.js"
import { PluginApplication } from "../PluginApplication.js"
import type { CommonError } from "../PluginManagerError.js"
import type { Transport } from "../Transport.js"

/**
 * `pluginManager.getPluginDevApplyList` as data. Idempotent: it only reads.
 *
 * @since 0.1.0
 * @category operations
 */
export const getPluginDevApplyListOperation = Operation.make({
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
 * Lists a page of the applications for one's plugin, and of the mini programs that use it (获取当前所有插件使用方), for the
 * plugin's developer: `num` of them to a page. `PluginApplications.stream` has them all.
 *
 * **Gotchas**
 * - Whether the first page is 0 or 1 is not documented; WeChat's samples say 1. 0 is sent as it is.
 * - No greatest `num` is documented, and no count of all.
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
  payload: typeof getPluginDevApplyListOperation.payload.Type
) => Effect.Effect<ReadonlyArray<PluginApplication>, GetPluginDevApplyListError, Transport> =
  Operation.callWith(getPluginDevApplyListOperation)
