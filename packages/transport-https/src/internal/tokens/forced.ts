import type { Clock } from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { SharedTokens } from "./shared.js"

/** WeChat's limits of `force_refresh`, for one app. */
const interval = Duration.toMillis("30 seconds")
const timesADay = 20
const day = Duration.days(1)

const keyOf = (key: string) => `${key}:forced`

const decode = (json: unknown): ReadonlyArray<number> => {
  const { times }: { readonly times?: unknown } = Object(json)
  return Array.isArray(times) ? times.filter((time) => typeof time === "number") : []
}

/** Counts the forced renewals of all tokens of a layer, together with the processes that share the store. */
export class ForcedRenewals {
  private readonly times = new Map<string, ReadonlyArray<number>>()

  constructor(
    private readonly shared: SharedTokens,
    private readonly clock: Clock
  ) {}

  /** Counts one more and returns 0, or returns how many milliseconds WeChat's limits do not allow one. */
  take(key: string): Effect.Effect<number> {
    return Effect.flatMap(this.shared.read(keyOf(key)), (json) => {
      const now = this.clock.unsafeCurrentTimeMillis()
      const known = new Set([...(this.times.get(key) ?? []), ...decode(json)])
      const times = [...known].filter((time) => now - time < Duration.toMillis(day)).sort((a, b) => a - b)
      const next = Math.max(
        (times.at(-1) ?? -Infinity) + interval,
        (times.at(-timesADay) ?? -Infinity) + Duration.toMillis(day)
      )
      if (now < next) {
        this.times.set(key, times)
        return Effect.succeed(next - now)
      }
      this.times.set(key, [...times, now])
      return Effect.as(this.shared.write(keyOf(key), { times: [...times, now] }, day), 0)
    })
  }
}
