import * as MessageStorage from "@effect/cluster/MessageStorage"
import * as SqlClient from "@effect/sql/SqlClient"
import type * as Workflow from "@effect/workflow/Workflow"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Integer } from "../database/columns.js"
import { addressOf } from "./address.js"
import { ranges } from "./plan.js"
import { ChunkWorkflow, SweepWorkflow } from "./workflows.js"

/** Removes the messages and replies of one execution. */
const clear = (workflow: Workflow.Any, executionId: string) =>
  Effect.gen(function* () {
    const storage = yield* MessageStorage.MessageStorage
    yield* storage.clearAddress(yield* addressOf(workflow, executionId))
  })

const Ended = Schema.decodeUnknown(Schema.Array(Schema.Struct({ sweep_id: Integer })))

/** Removes what the engine keeps of sweeps that have ended: it never does so itself. */
export const clean = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`SELECT sweep_id FROM fleet_sweep WHERE ended_at IS NOT NULL AND cleaned = 0`
  for (const { sweep_id: sweepId } of yield* Ended(rows)) {
    const execution = yield* SweepWorkflow.executionId({ sweepId })
    const result = yield* SweepWorkflow.poll(execution)
    if (result === undefined || result._tag === "Complete") {
      for (const range of yield* ranges(sweepId)) {
        yield* clear(ChunkWorkflow, yield* ChunkWorkflow.executionId({ sweepId, ...range }))
      }
      yield* clear(SweepWorkflow, execution)
      yield* sql`UPDATE fleet_sweep SET cleaned = 1 WHERE sweep_id = ${sweepId}`
    }
  }
})
