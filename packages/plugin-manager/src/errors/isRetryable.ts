import * as Predicate from "effect/Predicate"

/**
 * Whether an error says that the same call may soon succeed and can be repeated without harm. It is `false` for every
 * failure of an operation that is not idempotent. Use it with your own schedule:
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
