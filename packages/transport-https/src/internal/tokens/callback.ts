import * as Cause from "effect/Cause"
import * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"

/** The names of the variables that a Config did not find. Other errors may hold a secret, so nothing is taken from them. */
const missing = (error: unknown): ReadonlyArray<string> => {
  if (!ConfigError.isConfigError(error)) {
    return []
  }
  switch (error._op) {
    case "MissingData":
      return [error.path.join("_")]
    case "And":
    case "Or":
      return [...missing(error.left), ...missing(error.right)]
    default:
      return []
  }
}

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
      const names = [...Cause.failures(cause)].flatMap(missing)
      return Effect.fail(
        onFailure(names.length === 0 ? "cannot be read" : `cannot be read: ${names.join(", ")} is not set`)
      )
    })
  )
