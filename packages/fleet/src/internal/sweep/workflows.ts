import * as Activity from "@effect/workflow/Activity"
import * as Workflow from "@effect/workflow/Workflow"
import type { WorkflowEngine } from "@effect/workflow/WorkflowEngine"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Worker } from "./worker.js"

/** One chunk. Its one activity writes what it finds as it goes, so a second attempt does only what is left. */
export const ChunkWorkflow = Workflow.make({
  name: "FleetChunk",
  payload: { sweepId: Schema.Int, after: Schema.String, upTo: Schema.NullOr(Schema.String) },
  idempotencyKey: ({ after, sweepId }) => `${sweepId}/${after}`
})

/** One sweep. */
export const SweepWorkflow = Workflow.make({
  name: "FleetSweep",
  payload: { sweepId: Schema.Int },
  idempotencyKey: ({ sweepId }) => String(sweepId)
})

const ChunkLive = ChunkWorkflow.toLayer(({ sweepId, ...range }) =>
  Effect.flatMap(Worker, (worker) => Activity.make({ name: "sweep", execute: worker.sweepChunk(sweepId, range) }))
)

const SweepLive = SweepWorkflow.toLayer(({ sweepId }) =>
  Effect.gen(function* () {
    const worker = yield* Worker
    const ranges = yield* worker.ranges(sweepId)
    // all at once: children that have not begun when this runner dies would wait until another one has taken over this workflow
    yield* Effect.forEach(ranges, (range) => ChunkWorkflow.execute({ sweepId, ...range }), {
      concurrency: "unbounded",
      discard: true
    })
    yield* worker.end(sweepId)
  })
)

export const layer: Layer.Layer<never, never, WorkflowEngine | Worker> = Layer.merge(ChunkLive, SweepLive)
