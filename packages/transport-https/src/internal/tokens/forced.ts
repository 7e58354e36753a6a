import type { Clock } from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { SharedTokens } from "./shared.js"
import { SharedWaits } from "./waits.js"

/** WeChat's limits of `force_refresh`, for one app. */
const interval = Duration.toMillis("30 seconds")
const timesADay = 20
const day = Duration.days(1)

const keyOf = (key: string) => `${key}:forced`
const waitOf = (key: string) => `${key}:forced:wait`

const decode = (json: unknown): ReadonlyArray<number> => {
  const { times }: { readonly times?: unknown } = Object(json)
  return Array.isArray(times) ? times.filter((time) => typeof time === "number") : []
}

/** Counts the forced renewals of all tokens of a layer, together with the processes that share the store. */
export class ForcedRenewals {
  /** those of this process, by its clock */
  private readonly own = new Map<string, ReadonlyArray<number>>()
  private readonly waits: SharedWaits

  constructor(
    private readonly shared: SharedTokens,
    private readonly clock: Clock
  ) {
    this.waits = new SharedWaits(shared, clock)
  }

  /** Counts one more and returns 0, or returns how many milliseconds WeChat's limits do not allow one. */
  take(key: string): Effect.Effect<number> {
    return Effect.gen(this, function* () {
      const others = decode(yield* this.shared.read(keyOf(key)))
      const until = yield* this.waits.until(waitOf(key))
      const now = this.clock.unsafeCurrentTimeMillis()
      const isToday = (time: number) => now - time < Duration.toMillis(day)
      const own = (this.own.get(key) ?? []).filter(isToday)
      const times = [...new Set([...own, ...others.filter(isToday)])].sort((a, b) => a - b)
      const next = Math.max(
        until ?? -Infinity,
        (own.at(-1) ?? -Infinity) + interval,
        (times.at(-timesADay) ?? -Infinity) + Duration.toMillis(day)
      )
      if (now < next) {
        return next - now
      }
      this.own.set(key, [...own, now])
      yield* this.waits.begin(waitOf(key), interval)
      yield* this.shared.write(keyOf(key), { times: [...times, now] }, day)
      return 0
    })
  }
}
