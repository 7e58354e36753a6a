import type * as Effect from "effect/Effect"
import { documentedClasses } from "../errors/documented.js"
import { perform } from "./perform.js"
import * as Operation from "../Operation.js"
import type { CommonError } from "../PluginManagerError.js"
import { decodePlugins } from "../records/decodePlugins.js"
import { listOf } from "../records/listOf.js"
import { Plugin } from "../records/Plugin.js"
import { fastDecodePlugins } from "../records/fastDecodePlugins.js"
import type { Transport } from "../Transport.js"

const api = "pluginManager.getPluginList"
const path = "/wxa/plugin"
const action = "list"

/**
 * `pluginManager.getPluginList` as data. Idempotent: it only reads.
 *
 * @since 0.1.0
 * @category operations
 */
export const operation = /*#__PURE__*/ Operation.make({
  api,
  path,
  action,
  idempotent: true,
  success: /*#__PURE__*/ listOf("plugin_list", Plugin),
  fastDecode: fastDecodePlugins,
  errors: documentedClasses
})

/**
 * @since 0.1.0
 * @category models
 */
export type GetPluginListError = InstanceType<(typeof documentedClasses)[number]> | CommonError

/**
 * Lists the plugins that the mini program applied for or uses (查询已添加的插件).
 *
 * **Gotchas** Over a cloud call, the reply `{}` cannot be told from an account without plugins: both are `[]`.
 *
 * @since 0.1.0
 * @category operations
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.getPluginList.html
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { Effect } from "effect"
 *
 * const approved = PluginManager.getPluginList.pipe(
 *   Effect.map((plugins) => plugins.filter((plugin) => plugin.status === "approved"))
 * )
 * ```
 */
export const getPluginList: Effect.Effect<ReadonlyArray<Plugin>, GetPluginListError, Transport> = perform(
  // not `Operation.call(operation)`, which would have every program that lists plugins load Schema
  { api, path, action, idempotent: true, errors: documentedClasses },
  decodePlugins
)({})
