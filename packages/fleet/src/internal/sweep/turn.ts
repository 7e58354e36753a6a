import * as RateLimiter from "@effect/experimental/RateLimiter"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Turn } from "./ask.js"

interface Limit {
  readonly calls: number
  readonly per: Duration.DurationInput
}

export interface Limits {
  readonly fleet?: Limit | undefined
  readonly app?: Limit | undefined
}

/** Turns by the limits of a fleet. A bucket that holds one call sends none early, so no window has more calls than the limit says. */
export const makeTurn = ({ app, fleet }: Limits): Effect.Effect<Turn, never, RateLimiter.RateLimiter> =>
  Effect.map(RateLimiter.makeSleep, (sleep) => {
    const wait = (key: string, limit: Limit | undefined) =>
      limit === undefined
        ? Effect.void
        : sleep({ key, limit: 1, window: Duration.times(limit.per, 1 / limit.calls), algorithm: "token-bucket" }).pipe(
            Effect.catchAll(() =>
              Effect.logWarning("The counts of the rate limiter cannot be reached: WeChat is called without it.")
            )
          )
    return (appId) => Effect.zipRight(wait(`app ${appId}`, app), wait("fleet", fleet))
  })
