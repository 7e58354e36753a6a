import * as Cause from "effect/Cause"
import type * as Layer from "effect/Layer"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import type { Client, Target } from "./client.js"

type List<E, R> = Effect.Effect<ReadonlyArray<unknown>, E, R>

/**
 * Runs one long-lived fiber for each call in flight, on a runtime that is built once. A failure ends its own fiber, not the others.
 */
export const fibers = <E, R, E2>({ concurrency }: Target, layer: Layer.Layer<R, E2>, list: List<E, R>): Client => {
  const runtime = ManagedRuntime.make(layer)
  return {
    run: (calls) => {
      let left = calls
      let read = 0
      const failures: Array<unknown> = []
      const worker = Effect.whileLoop({
        while: () => left-- > 0,
        body: () => list,
        step: (plugins) => {
          read += plugins.length
        }
      }).pipe(Effect.catchAllCause((cause) => Effect.sync(() => failures.push(Cause.squash(cause)))))
      const workers = Effect.all(
        Array.from({ length: concurrency }, () => worker),
        { concurrency: "unbounded", discard: true }
      )
      return runtime.runPromise(Effect.map(workers, () => ({ read, failures })))
    }
  }
}
