import * as MessageStorage from "@effect/cluster/MessageStorage"
import { Sharding } from "@effect/cluster/Sharding"
import * as SqlClient from "@effect/sql/SqlClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Integer } from "../database/columns.js"
import { addressOf } from "./address.js"
import { ranges } from "./plan.js"
import { ChunkWorkflow, SweepWorkflow } from "./workflows.js"

const Running = Schema.decodeUnknown(Schema.Array(Schema.Struct({ sweep_id: Integer })))

/** Lets the engine read the messages of all sweeps again that are not at their end, as far as this runner has their shards. */
const readAgain = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const sharding = yield* Sharding
  const rows = yield* sql`SELECT sweep_id FROM fleet_sweep WHERE state = 'running' AND ended_at IS NULL`
  for (const { sweep_id: sweepId } of yield* Running(rows)) {
    const chunks = yield* Effect.forEach(yield* ranges(sweepId), (range) =>
      Effect.flatMap(ChunkWorkflow.executionId({ sweepId, ...range }), (id) => addressOf(ChunkWorkflow, id))
    )
    const sweep = yield* addressOf(SweepWorkflow, yield* SweepWorkflow.executionId({ sweepId }))
    const own = [sweep, ...chunks].map(({ shardId }) => shardId).filter(sharding.hasShardId)
    yield* (yield* MessageStorage.MessageStorage).resetShards(own)
  }
  yield* sharding.pollStorage
})

/**
 * The engine marks a message as read before it hands it on, and reads it again only after ten minutes. When the database has been away, it
 * interrupts what runs, and skips a message that it reads while its entity is still being interrupted: nobody has that message then. A runner
 * that has had nothing to do for a while although a sweep runs therefore reads again. What is in progress is not begun twice.
 */
export const revive = (isIdle: Effect.Effect<boolean>, pollInterval: Duration.DurationInput) =>
  Effect.zipWith(
    isIdle,
    Effect.delay(isIdle, Duration.times(pollInterval, 5)),
    (before, after) => before && after
  ).pipe(
    Effect.flatMap((hasBeenIdle) => (hasBeenIdle ? readAgain : Effect.void)),
    Effect.catchAllCause((cause) => Effect.logDebug("Messages could not be read again.", cause)),
    Effect.forever
  )
