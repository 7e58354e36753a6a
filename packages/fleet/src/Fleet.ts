/**
 * Sweeps over thousands of mini programs, which survive the death of the process that runs them.
 *
 * @since 0.1.0
 */
import type { MiniPrograms } from "@effect-wechat/transport-https/MiniPrograms"
import * as ClusterWorkflowEngine from "@effect/cluster/ClusterWorkflowEngine"
import type { MessageStorage } from "@effect/cluster/MessageStorage"
import type { Sharding } from "@effect/cluster/Sharding"
import * as SingleRunner from "@effect/cluster/SingleRunner"
import type { MigrationError } from "@effect/sql/Migrator"
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import type { WorkflowEngine } from "@effect/workflow/WorkflowEngine"
import * as RateLimiter from "@effect/experimental/RateLimiter"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import type { Change } from "./Change.js"
import * as FleetDatabase from "./FleetDatabase.js"
import { clean } from "./internal/sweep/clean.js"
import { plan } from "./internal/sweep/plan.js"
import { revive } from "./internal/sweep/revive.js"
import { makeTurn } from "./internal/sweep/turn.js"
import { makeWorker, Worker } from "./internal/sweep/worker.js"
import * as Workflows from "./internal/sweep/workflows.js"
import * as SqlRateLimit from "./SqlRateLimit.js"
import * as Sweep from "./Sweep.js"

/**
 * Starts sweeps, and runs those of its database.
 *
 * @since 0.1.0
 * @category tags
 */
export class Fleet extends Context.Tag("@effect-wechat/fleet/Fleet")<Fleet, Fleet.Service>() {}

/**
 * @since 0.1.0
 */
export declare namespace Fleet {
  /**
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    /**
     * Begins a sweep, and returns as soon as its mini programs are in the database. It goes on in the background, also after a restart.
     *
     * A `key` that was used before is that sweep: it is not started a second time, whatever became of it. If the process died while the mini
     * programs were being written, call it again with the same key.
     */
    readonly start: <E, R>(options: StartOptions<E, R>) => Effect.Effect<Sweep.SweepId, E | SqlError, R>
    /**
     * Waits until a sweep of this database has ended. Fails if the database cannot be written for longer than `patience`; the sweep then goes on
     * when the program is started again.
     */
    readonly wait: (sweepId: Sweep.SweepId) => Effect.Effect<Sweep.Progress, Sweep.SweepNotFound | SqlError>
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface StartOptions<E = never, R = never> {
  /** what identifies the sweep, such as the date of a nightly one */
  readonly key: string
  /** the appids of the mini programs, in any order; one that comes twice is swept once */
  readonly apps: Stream.Stream<string, E, R>
  /** without it, the plugins of each mini program are listed */
  readonly change?: Change | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Limit {
  readonly calls: number
  readonly per: Duration.DurationInput
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** how many mini programs of a chunk are asked at once, and written in one transaction; 20 by default */
  readonly batchSize?: number | undefined
  /** how many chunks (a sweep has 200, or less if that would be under 100 mini programs each) this process sweeps at once; 4 by default */
  readonly chunksAtOnce?: number | undefined
  /** how often a paused sweep looks whether it may go on; a second by default */
  readonly pollInterval?: Duration.DurationInput | undefined
  /**
   * how often WeChat is called for all mini programs together, and for each of them, by all processes that share the database; no limit by
   * default. Each attempt of a call counts. Calls are spread evenly: none is sent early.
   */
  readonly limits?: { readonly fleet?: Limit | undefined; readonly app?: Limit | undefined } | undefined
  /** how long to go on while the database refuses reads and writes; a minute by default */
  readonly patience?: Duration.DurationInput | undefined
  /**
   * how long the results of a sweep are kept after its end; for ever by default. Older ones are removed when a sweep starts, and when `wait` has
   * seen one end.
   */
  readonly retention?: Duration.DurationInput | undefined
}

const makeFleet = ({
  pollInterval,
  retention
}: {
  readonly pollInterval: Duration.DurationInput
  readonly retention: Duration.DurationInput | undefined
}): Effect.Effect<
  Fleet.Service,
  never,
  Scope.Scope | Worker | WorkflowEngine | Sharding | MessageStorage | SqlClient.SqlClient
> =>
  Effect.gen(function* () {
    const worker = yield* Worker
    const context = yield* Effect.context<WorkflowEngine | Sharding | MessageStorage | SqlClient.SqlClient>()
    const tidy = Effect.zipRight(clean, retention === undefined ? Effect.void : Sweep.prune(retention)).pipe(
      Effect.catchAllCause((cause) => Effect.logWarning("What is left of earlier sweeps could not be removed.", cause)),
      Effect.provide(context)
    )
    /** Ends also for a sweep that another process runs, and whose messages that process has removed. */
    const ended = (sweepId: Sweep.SweepId): Effect.Effect<void> =>
      Sweep.get(sweepId).pipe(
        Effect.map(({ endedAt }) => endedAt !== undefined),
        // the worker knows when its patience is over
        Effect.catchAll(() => Effect.succeed(false)),
        Effect.delay(pollInterval),
        Effect.repeat({ until: (hasEnded) => hasEnded }),
        Effect.zipRight(Effect.sleep(pollInterval)),
        Effect.provide(context)
      )
    yield* Effect.forkScoped(Effect.provide(revive(worker.isIdle, pollInterval), context))
    const sql = Context.get(context, SqlClient.SqlClient)
    return {
      start: ({ apps, change, key }) =>
        Effect.gen(function* () {
          yield* tidy
          const { hasEnded, sweepId } = yield* Effect.provideService(plan(key, apps, change), SqlClient.SqlClient, sql)
          if (!hasEnded) {
            yield* Effect.provide(Workflows.SweepWorkflow.execute({ sweepId }, { discard: true }), context)
          }
          return sweepId
        }),
      wait: (sweepId) =>
        Effect.gen(function* () {
          const { endedAt } = yield* Sweep.get(sweepId)
          if (endedAt === undefined) {
            const run = Effect.raceFirst(Workflows.SweepWorkflow.execute({ sweepId }), ended(sweepId))
            yield* Effect.raceFirst(run, worker.trouble)
          }
          const progress = yield* Sweep.progress(sweepId)
          yield* tidy
          return progress
        }).pipe(Effect.provide(context))
    }
  })

/**
 * Runs sweeps on the engine and the database that it is given. See `layerCluster` for several
 * processes that share the work.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = ({
  batchSize = 20,
  chunksAtOnce = 4,
  limits = {},
  patience = "1 minute",
  pollInterval = "1 second",
  retention
}: Options = {}): Layer.Layer<
  Fleet,
  MigrationError | SqlError,
  MiniPrograms | WorkflowEngine | Sharding | MessageStorage | SqlClient.SqlClient
> =>
  Layer.scoped(Fleet, makeFleet({ pollInterval, retention })).pipe(
    Layer.provideMerge(Workflows.layer),
    Layer.provide(
      Layer.scoped(
        Worker,
        Effect.flatMap(makeTurn(limits), (turn) =>
          makeWorker({ batchSize, chunksAtOnce, patience, pollInterval }, turn)
        )
      )
    ),
    Layer.provide(Layer.provideMerge(RateLimiter.layer, SqlRateLimit.layerStore)),
    Layer.provide(FleetDatabase.layerTables)
  )

/**
 * Runs sweeps in this process and in all others that have the same PostgreSQL database: they share the work, and if one dies the others take
 * over. `cluster` is the runner of this process: `NodeClusterSocket.layer` of `@effect/platform-node`. The tables are created before it starts. `Sharding`
 * is provided too, for `SweepSchedule`.
 *
 * @example
 * ```ts
 * import { Fleet } from "@effect-wechat/fleet"
 * import { MiniPrograms } from "@effect-wechat/transport-https"
 * import { RunnerAddress } from "@effect/cluster"
 * import { NodeClusterSocket } from "@effect/platform-node"
 * import { PgClient } from "@effect/sql-pg"
 * import { Config, Layer, Option } from "effect"
 *
 * const cluster = NodeClusterSocket.layer({
 *   storage: "sql",
 *   shardingConfig: {
 *     runnerAddress: Option.some(RunnerAddress.make("10.0.0.5", 11400)),
 *     // another runner takes over this long after one has died
 *     shardLockExpiration: "9 seconds",
 *     shardLockRefreshInterval: "3 seconds"
 *   }
 * })
 *
 * const FleetLive = Fleet.layerCluster({ cluster }).pipe(
 *   Layer.provide(MiniPrograms.layerFetch({ appSecret: (appId) => Config.redacted(`WECHAT_${appId}_SECRET`) })),
 *   Layer.provideMerge(PgClient.layerConfig({ url: Config.redacted("DATABASE_URL") }))
 * )
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layerCluster = <E, R>({
  cluster,
  ...options
}: Options & {
  readonly cluster: Layer.Layer<Sharding | MessageStorage, E, R>
}): Layer.Layer<Fleet | Sharding, E | MigrationError | SqlError, R | MiniPrograms | SqlClient.SqlClient> =>
  layer(options).pipe(
    Layer.provide(ClusterWorkflowEngine.layer),
    Layer.provideMerge(cluster),
    Layer.provide(FleetDatabase.layerTables)
  )

/**
 * Runs sweeps in this process, with one libsql file and no server. Sweeps that another process left unfinished go on. The database is provided
 * too, for the queries of the other modules, and `Sharding` for `SweepSchedule`.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerLibsql = ({
  file,
  ...options
}: Options & FleetDatabase.LibsqlOptions): Layer.Layer<
  Fleet | Sharding | SqlClient.SqlClient,
  FleetDatabase.FleetDatabaseError,
  MiniPrograms
> =>
  Layer.orDie(layer(options)).pipe(
    Layer.provide(ClusterWorkflowEngine.layer),
    Layer.provideMerge(
      Layer.orDie(
        SingleRunner.layer({
          runnerStorage: "memory",
          // when the process is stopped, the engine waits this long for chunks, which take much longer: their calls are made again in any case
          shardingConfig: {
            simulateRemoteSerialization: false,
            entityMessagePollInterval: "1 second",
            entityTerminationTimeout: "50 millis"
          }
        })
      )
    ),
    Layer.provideMerge(FleetDatabase.layerLibsql({ file })),
    Layer.provideMerge(FleetDatabase.layerLock({ file }))
  )
