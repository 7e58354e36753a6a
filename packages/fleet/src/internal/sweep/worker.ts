import type { MiniPrograms } from "@effect-wechat/transport-https/MiniPrograms"
import * as SqlClient from "@effect/sql/SqlClient"
import { SqlError } from "@effect/sql/SqlError"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Sweep from "../../Sweep.js"
import { ask, type Turn } from "./ask.js"
import { type Range, ranges, remaining, type Target } from "./plan.js"
import { makeRecord } from "./record.js"

export interface WorkerOptions {
  readonly batchSize: number
  readonly chunksAtOnce: number
  readonly pollInterval: Duration.DurationInput
  readonly patience: Duration.DurationInput
}

/** What the workflows do on this runner. */
export interface WorkerService {
  readonly ranges: (sweepId: Sweep.SweepId) => Effect.Effect<ReadonlyArray<Range>>
  /** Asks for each mini program of a chunk that has no result yet, and writes the results. Returns early if the sweep is cancelled. */
  readonly sweepChunk: (sweepId: Sweep.SweepId, range: Range) => Effect.Effect<void>
  /** Whether no chunk is being swept, nor waits for its turn. */
  readonly isIdle: Effect.Effect<boolean>
  /** Marks a sweep as ended. */
  readonly end: (sweepId: Sweep.SweepId) => Effect.Effect<void>
  /** Fails once the database has been unreachable for longer than `patience`. */
  readonly trouble: Effect.Effect<never, SqlError>
}

export class Worker extends Context.Tag("@effect-wechat/fleet/internal/Worker")<Worker, WorkerService>() {}

const explained = ({ cause, message }: SqlError, patience: Duration.DurationInput) =>
  new SqlError({
    cause,
    message: `The database has refused its service for ${Duration.format(patience)} (${cause instanceof Error ? cause.message : message}). The sweep goes on where it was when the program is started again.`
  })

const batches = (targets: ReadonlyArray<Target>, size: number): ReadonlyArray<ReadonlyArray<Target>> =>
  Array.from({ length: Math.ceil(targets.length / size) }, (_, at) => targets.slice(at * size, (at + 1) * size))

export const makeWorker = (
  { batchSize, chunksAtOnce, patience, pollInterval }: WorkerOptions,
  turn: Turn
): Effect.Effect<WorkerService, never, MiniPrograms | SqlClient.SqlClient> =>
  Effect.gen(function* () {
    const context = yield* Effect.context<MiniPrograms | SqlClient.SqlClient>()
    const sql = yield* SqlClient.SqlClient
    const permits = yield* Effect.makeSemaphore(chunksAtOnce)
    const record = yield* makeRecord
    const chunks = yield* Ref.make(0)
    const trouble = yield* Deferred.make<never, SqlError>()
    const backoff = Schedule.exponential("100 millis").pipe(
      Schedule.union(Schedule.spaced("2 seconds")),
      Schedule.upTo(patience)
    )

    /**
     * Repeats what the database refuses. When its patience is over, `trouble` says so, and the workflow waits for ever without a result of its
     * own: it is resumed when the program is started again.
     */
    const persist = <A, R>(self: Effect.Effect<A, SqlError, R>): Effect.Effect<A, never, R> =>
      Effect.catchAll(Effect.retry(self, backoff), (error) =>
        Effect.zipRight(Deferred.fail(trouble, explained(error, patience)), Effect.never)
      )

    const read = (sweepId: Sweep.SweepId) => persist(Effect.catchTag(Sweep.get(sweepId), "SweepNotFound", Effect.die))

    /** The sweep, once it is not paused. */
    const whenActive = (sweepId: Sweep.SweepId): Effect.Effect<Sweep.Sweep, never, SqlClient.SqlClient> =>
      Effect.flatMap(read(sweepId), (sweep) =>
        sweep.state === "paused"
          ? Effect.zipRight(Effect.sleep(pollInterval), whenActive(sweepId))
          : Effect.succeed(sweep)
      )

    /** Committed before WeChat is called: after a crash it tells a change that we may have made from one that was there before. */
    const intend = (sweepId: Sweep.SweepId, batch: ReadonlyArray<Target>) =>
      Effect.flatMap(
        Clock.currentTimeMillis,
        (now) => sql`UPDATE fleet_app SET intent_at = ${now} WHERE sweep_id = ${sweepId} AND intent_at IS NULL
          AND ${sql.in(
            "app_id",
            batch.map(({ appId }) => appId)
          )}`
      )

    const sweepBatch = ({ change, id }: Sweep.Sweep, batch: ReadonlyArray<Target>) =>
      Effect.gen(function* () {
        if (change !== undefined && change.dryRun !== true) {
          yield* persist(intend(id, batch))
        }
        const findings = yield* Effect.forEach(batch, (target) => ask(target, change, turn), {
          concurrency: "unbounded"
        })
        yield* persist(record(id, findings))
      })

    return {
      ranges: (sweepId) => Effect.provide(persist(ranges(sweepId)), context),
      sweepChunk: (sweepId, range) =>
        Effect.gen(function* () {
          for (const batch of batches(yield* persist(remaining(sweepId, range)), batchSize)) {
            const sweep = yield* whenActive(sweepId)
            if (sweep.state === "cancelled") {
              return
            }
            yield* sweepBatch(sweep, batch)
          }
        }).pipe(
          permits.withPermits(1),
          (chunk) =>
            Effect.acquireUseRelease(
              Ref.update(chunks, (count) => count + 1),
              () => chunk,
              () => Ref.update(chunks, (count) => count - 1)
            ),
          Effect.provide(context)
        ),
      isIdle: Effect.map(Ref.get(chunks), (count) => count === 0),
      end: (sweepId) =>
        persist(
          Effect.flatMap(
            Clock.currentTimeMillis,
            (now) => sql`UPDATE fleet_sweep SET ended_at = ${now},
              state = CASE WHEN state = 'cancelled' THEN state ELSE 'done' END
              WHERE sweep_id = ${sweepId} AND ended_at IS NULL`
          )
        ).pipe(Effect.asVoid),
      trouble: Deferred.await(trouble)
    }
  })
