/**
 * Everything an operation may fail with: a class for each errcode, and two for replies that did not come or cannot be read.
 *
 * Every error of an errcode has these fields, and a `message` made of them:
 *
 * - `_tag`: the name of its class, for `Effect.catchTag`
 * - `errcode`: WeChat's number, one of those that its class names
 * - `errmsg`: WeChat's text, unchanged
 * - `requestId`: what WeChat's support asks for, where WeChat sent one
 * - `api`: WeChat's name of the operation
 * - `endpoint`: who answered: the interface itself (`api`), the one that hands out tokens (`credential`), or `gateway`
 * - `isRetryable`: whether the same call may soon succeed and can be repeated without harm
 * - `hint`: what to do, in Chinese (`zh`) and in English (`en`)
 *
 * Its class has `codes`, `isTransient` and `hint` as statics.
 *
 * @since 0.1.0
 */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { commonClasses } from "./errors/common.js"
import { UnknownErrcode } from "./errors/ErrcodeError.js"
import * as plugin from "./errors/plugin.js"
import { WechatDecodeError, WechatTransportError } from "./errors/transport.js"

export * from "./errors/cloud.js"
export * from "./errors/ErrcodeError.js"
export * from "./errors/general.js"
export * from "./errors/plugin.js"
export * from "./errors/transport.js"

/**
 * What any operation may fail with, whatever it declares.
 *
 * @since 0.1.0
 * @category models
 */
export type CommonError =
  | InstanceType<(typeof commonClasses)[number]>
  | UnknownErrcode
  | WechatTransportError
  | WechatDecodeError

type Class =
  | (typeof plugin)[keyof typeof plugin]
  | (typeof commonClasses)[number]
  | typeof UnknownErrcode
  | typeof WechatTransportError
  | typeof WechatDecodeError

/**
 * Any error of this library, as a type and as a Schema: it crosses process and function boundaries as plain JSON.
 *
 * @since 0.1.0
 * @category schemas
 * @example
 * ```ts
 * import { PluginManager, PluginManagerError } from "@effect-wechat/plugin-manager"
 * import { Effect, Schema } from "effect"
 *
 * // in a cloud function: what the mini program is sent
 * const answer = PluginManager.getPluginList.pipe(
 *   Effect.catchAll((error) => Schema.encode(PluginManagerError.PluginManagerError)(error))
 * )
 * ```
 */
export const PluginManagerError: Schema.Schema<PluginManagerError, Class["Encoded"]> = Schema.Union(
  ...Object.values(plugin),
  ...commonClasses,
  UnknownErrcode,
  WechatTransportError,
  WechatDecodeError
)

/**
 * @since 0.1.0
 * @category models
 */
export type PluginManagerError = InstanceType<Class>

/**
 * Whether a value is an error of this library.
 *
 * @since 0.1.0
 * @category guards
 */
export const isPluginManagerError: (u: unknown) => u is PluginManagerError = Schema.is(PluginManagerError)

/**
 * Whether an error says that the same call may soon succeed and can be repeated without harm. It is `false` for every
 * failure of an operation that is not idempotent. For a schedule of one's own:
 *
 * @since 0.1.0
 * @category guards
 * @example
 * ```ts
 * import { PluginManager, PluginManagerError } from "@effect-wechat/plugin-manager"
 * import { Effect } from "effect"
 *
 * const patient = PluginManager.getPluginList.pipe(
 *   Effect.retry({ while: PluginManagerError.isRetryable, times: 10 })
 * )
 * ```
 */
export const isRetryable = (u: unknown): boolean => Predicate.hasProperty(u, "isRetryable") && u.isRetryable === true
