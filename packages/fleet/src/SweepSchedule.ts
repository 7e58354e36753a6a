/**
 * Sweeps at fixed times, such as every night.
 *
 * @since 0.1.0
 */
import * as ClusterCron from "@effect/cluster/ClusterCron"
import type { Sharding } from "@effect/cluster/Sharding"
import * as Cron from "effect/Cron"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Fleet from "./Fleet.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options<E, R> extends Pick<Fleet.StartOptions<E, R>, "apps" | "change"> {
  /** what distinguishes this schedule from others; the key of a sweep is this name and its time */
  readonly name: string
  readonly cron: Cron.Cron
}

/**
 * The key of the sweep of the last moment of the schedule that is not after `now`. It is the same however often the moment is tried.
 *
 * @since 0.1.0
 * @category constructors
 */
export const keyAt = ({ cron, name }: Pick<Options<never, never>, "cron" | "name">, now: DateTime.Utc): string =>
  // the moment itself is not before itself
  `${name} ${Cron.prev(cron, DateTime.toDate(DateTime.add(now, { seconds: 1 }))).toISOString()}`

/**
 * Starts a sweep at each moment of the schedule: one, however many runners share the database. `apps` is read anew for each sweep.
 *
 * The next moment is kept in the database. If no process runs then, the sweep starts when one does, unless a day has passed.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { Fleet, SweepSchedule } from "@effect-wechat/fleet"
 * import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
 * import { Config, Cron, Layer, Stream } from "effect"
 *
 * const Nightly = SweepSchedule.layer({
 *   name: "nightly",
 *   cron: Cron.unsafeParse("0 2 * * *", "Asia/Shanghai"),
 *   apps: Stream.make("wx1", "wx2")
 * }).pipe(
 *   Layer.provide(Fleet.layerLibsql({ file: "fleet.db" })),
 *   Layer.provide(
 *     NodeTransport.layerNodeMiniPrograms({ appSecret: (appId) => Config.redacted(`WECHAT_${appId}_SECRET`) })
 *   )
 * )
 *
 * const program = Layer.launch(Nightly)
 * ```
 */
export const layer = <E, R>(
  options: Options<E, R>
): Layer.Layer<never, never, Fleet.Fleet | Sharding | Exclude<R, Scope.Scope>> => {
  const { apps, change, cron, name } = options
  return ClusterCron.make({
    name,
    cron,
    execute: Effect.gen(function* () {
      const fleet = yield* Fleet.Fleet
      yield* fleet.start({ key: keyAt(options, yield* DateTime.now), apps, change })
    })
  })
}
