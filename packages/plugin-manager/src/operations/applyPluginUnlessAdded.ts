import * as Effect from "effect/Effect"
import type { PluginAlreadyAdded } from "../errors/plugin.js"
import * as Operation from "../Operation.js"
import type { Transport } from "../Transport.js"
import { type ApplyPluginError, type ApplyPluginPayload, operation } from "./applyPlugin.js"

/** With 89237 as a success, a second call does no harm. */
const apply = Operation.call({ ...operation, idempotent: true })

/**
 * Does the same as `applyPlugin`, and also succeeds if the plugin is already added or an application for it is pending (89237). Unlike
 * `applyPlugin` it is idempotent, so `retryTransient` repeats it.
 *
 * @since 0.1.0
 * @category combinators
 * @example
 * ```ts
 * import { PluginManager } from "@effect-wechat/plugin-manager"
 * import { Effect, Schedule } from "effect"
 *
 * const pluginAppid = "wx4418e3e031e551be"
 *
 * const program = PluginManager.applyPluginUnlessAdded({ pluginAppid, reason: "门店地图" }).pipe(
 *   PluginManager.retryTransient,
 *   Effect.zipRight(PluginManager.awaitApproval({ pluginAppid, schedule: Schedule.spaced("10 minutes") }))
 * )
 * ```
 */
export const applyPluginUnlessAdded = (
  payload: ApplyPluginPayload
): Effect.Effect<void, Exclude<ApplyPluginError, PluginAlreadyAdded>, Transport> =>
  Effect.catchTag(apply(payload), "PluginAlreadyAdded", () => Effect.void)
