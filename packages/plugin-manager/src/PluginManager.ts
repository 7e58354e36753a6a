/**
 * WeChat's `pluginManager` operations. Each requires a `Transport`; what one requires besides, its type says.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import { isRetryable } from "./PluginManagerError.js"

export * from "./operations/applyPlugin.js"
export * from "./operations/applyPluginUnlessAdded.js"
export * from "./operations/awaitApproval.js"
export * from "./operations/getPluginDevApplyList.js"
export * from "./operations/getPluginList.js"
export * from "./operations/setDevPluginApplyStatus.js"
export * from "./operations/unbindPlugin.js"
export * from "./operations/updatePlugin.js"

// made when it is asked for: what is made at the top of a module stays in every bundle
const backoff = () => Schedule.exponential("200 millis").pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(3)))

/**
 * Repeats an operation up to three times while its error says that this can help and does no harm (`isRetryable`),
 * after some 0.2, 0.4 and 0.8 seconds, jittered. An operation that is not idempotent is never repeated.
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

/** A little later than its start, so that not everybody comes at once. */
const nextMinute = () =>
  Effect.flatMap(Effect.zip(Clock.currentTimeMillis, Random.nextRange(0, 3000)), ([now, jitter]) =>
    Effect.sleep(minute - (now % minute) + jitter)
  )

/**
 * Waits for the next minute when WeChat says that there were too many calls in this one (45011), and repeats the operation, once.
 * Any operation may be repeated so: WeChat did not carry it out.
 *
 * **Gotchas** It takes up to 63 seconds, by the Clock of this machine.
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
