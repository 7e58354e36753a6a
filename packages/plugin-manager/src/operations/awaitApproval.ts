import * as Effect from "effect/Effect"
import type * as Schedule from "effect/Schedule"
import * as application from "../errors/application.js"
import { notRetryable } from "../internal/notRetryable.js"
import { isRetryable } from "../errors/isRetryable.js"
import type { Plugin } from "../records/Plugin.js"
import type { Transport } from "../Transport.js"
import { getPluginList, type GetPluginListError } from "./getPluginList.js"

/**
 * @since 0.1.0
 * @category models
 */
export type AwaitApprovalError = InstanceType<(typeof application)[keyof typeof application]> | GetPluginListError

const approved = (plugins: ReadonlyArray<Plugin>, pluginAppid: string) => {
  const plugin = plugins.find(({ appid }) => appid === pluginAppid)
  if (plugin === undefined) {
    return Effect.fail(new application.PluginNotAppliedFor({ pluginAppid }))
  }
  const { reason, status } = plugin
  const decided = { pluginAppid, ...(reason === undefined ? {} : { reason }) }
  switch (status) {
    case "approved":
      return Effect.succeed(plugin)
    case "refused":
      return Effect.fail(new application.ApplicationRefused(decided))
    case "timeout":
      return Effect.fail(new application.ApplicationTimedOut(decided))
    default:
      return Effect.fail(new application.ApplicationUndecided({ pluginAppid, status }))
  }
}

/**
 * Waits until an application for a plugin is decided. It lists the plugins, and lists them again on `schedule` while the application is
 * pending or the listing fails with a retryable error. It succeeds with the plugin once it is approved; it fails with
 * `ApplicationRefused`, `ApplicationTimedOut`, `PluginNotAppliedFor`, or `ApplicationUndecided` when the schedule ends first.
 *
 * **Gotchas**
 * - A status that WeChat may add later counts as pending.
 * - No error of it has `isRetryable`: `schedule` has done the retries, and `retryTransient` around it does not repeat them.
 *
 * @since 0.1.0
 * @category combinators
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { Console, Effect, Schedule } from "effect"
 *
 * // every ten minutes, for a day
 * const schedule = Schedule.spaced("10 minutes").pipe(Schedule.upTo("1 day"))
 *
 * const program = PluginManager.awaitApproval({ pluginAppid: "wx4418e3e031e551be", schedule }).pipe(
 *   Effect.catchTag("ApplicationRefused", (error) => Console.error(error.reason, error.hint.en))
 * )
 * ```
 */
export const awaitApproval = <R = never>(options: {
  readonly pluginAppid: string
  readonly schedule: Schedule.Schedule<unknown, AwaitApprovalError, R>
}): Effect.Effect<Plugin, AwaitApprovalError, Transport | R> =>
  Effect.flatMap(getPluginList, (plugins): Effect.Effect<Plugin, AwaitApprovalError> =>
    approved(plugins, options.pluginAppid)
  ).pipe(
    Effect.retry({
      while: (error) => error._tag === "ApplicationUndecided" || isRetryable(error),
      schedule: options.schedule
    }),
    Effect.mapError(notRetryable)
  )
