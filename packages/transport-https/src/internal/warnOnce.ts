import * as Effect from "effect/Effect"

/** A warning that is logged the first time, and again only after `reset`. */
export const warnOnce = (text: string) => {
  let isWarned = false
  return {
    warn: (details = ""): Effect.Effect<void> =>
      Effect.suspend(() => {
        const isFirst = !isWarned
        isWarned = true
        return isFirst ? Effect.logWarning(`${text} ${details}`.trim()) : Effect.void
      }),
    reset: (): void => {
      isWarned = false
    }
  }
}
