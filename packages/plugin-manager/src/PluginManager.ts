/**
 * WeChat's `pluginManager` operations. Each requires a `Transport`; `updatePlugin` also requires `ThirdPartyPlatform`.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import { isRetryable } from "./errors/isRetryable.js"

export { applyPlugin, type ApplyPluginError, type ApplyPluginPayload } from "./operations/applyPlugin.js"
export { applyPluginUnlessAdded } from "./operations/applyPluginUnlessAdded.js"
export { awaitApproval, type AwaitApprovalError } from "./operations/awaitApproval.js"
export {
  getPluginDevApplyList,
  type GetPluginDevApplyListError,
  type GetPluginDevApplyListPayload
} from "./operations/getPluginDevApplyList.js"
export { getPluginList, type GetPluginListError } from "./operations/getPluginList.js"
export {
  setDevPluginApplyStatus,
  type SetDevPluginApplyStatusError,
  type SetDevPluginApplyStatusPayload
} from "./operations/setDevPluginApplyStatus.js"
export { unbindPlugin, type UnbindPluginError, type UnbindPluginPayload } from "./operations/unbindPlugin.js"
export { updatePlugin, type UpdatePluginError, type UpdatePluginPayload } from "./operations/updatePlugin.js"

// a function: a value at the top of a module stays in every bundle
const backoff = () => Schedule.exponential("200 millis").pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(3)))

/**
 * Repeats an operation up to three times while its error has `isRetryable`, after about 0.2, 0.4 and 0.8 seconds (jittered). An
 * operation that is not idempotent is never repeated.
 *
 * @since 0.1.0
 * @category combinators
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 *
 * const plugins = PluginManager.getPluginList.pipe(PluginManager.retryTransient)
 * ```
 */
export const retryTransient = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.retry(self, { while: isRetryable, schedule: backoff() })

const minute = 60_000

/** Until up to three seconds into the next minute, so that not all callers return at once. */
const nextMinute = () =>
  Effect.flatMap(Effect.zip(Clock.currentTimeMillis, Random.nextRange(0, 3000)), ([now, jitter]) =>
    Effect.sleep(minute - (now % minute) + jitter)
  )

/**
 * When WeChat reports too many calls in this minute (45011), waits for the next minute and repeats the operation once. This is safe for
 * any operation, since WeChat did not perform it.
 *
 * **Gotchas** It takes up to 63 seconds, by this machine's clock.
 *
 * @since 0.1.0
 * @category combinators
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 *
 * const plugins = PluginManager.getPluginList.pipe(PluginManager.retryNextMinute)
 * ```
 */
export const retryNextMinute = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.catchAll(self, (error) =>
    Predicate.isTagged(error, "MinuteQuotaExceeded") ? Effect.zipRight(nextMinute(), self) : Effect.fail(error)
  )
