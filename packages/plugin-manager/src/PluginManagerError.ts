/**
 * Everything an operation may fail with: a class for each errcode, two for replies that did not come or cannot be read, and one
 * for payloads that are not sent.
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

export * from "./errors/application.js"
export * from "./errors/cloud.js"
export * from "./errors/ErrcodeError.js"
export * from "./errors/general.js"
export * from "./errors/link.js"
export * from "./errors/payload.js"
export * from "./errors/plugin.js"
export * from "./errors/transport.js"
export * from "./errors/union.js"
export * from "./errors/update.js"

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
