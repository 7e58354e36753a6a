import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { missingConfig } from "./missingConfig.js"

/**
 * Runs what a user gave as a callback. Whatever goes wrong in it, a throw and a defect included, becomes the failure that `onFailure` makes
 * of a reason without secrets.
 */
export const callback = <A, E, R, E2>(
  run: () => Effect.Effect<A, E, R>,
  onFailure: (reason: string) => E2
): Effect.Effect<A, E2, R> =>
  Effect.suspend(run).pipe(
    Effect.catchAllCause((cause) => {
      if (Cause.isInterruptedOnly(cause)) {
        return Effect.interrupt
      }
      const names = [...Cause.failures(cause)].flatMap(missingConfig)
      return Effect.fail(
        onFailure(names.length === 0 ? "cannot be read" : `cannot be read: ${names.join(", ")} is not set`)
      )
    })
  )
