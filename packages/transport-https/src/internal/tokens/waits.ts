import type { Clock } from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { clockSkew, type SharedTokens } from "./shared.js"

/** Nothing here waits longer; whatever else is in the store was put there by somebody else. */
const longest = Duration.toMillis("15 minutes")

/**
 * Times in which the processes that share a store hold back. The store tells when one is over, since it forgets the entry then: clocks of
 * machines may be apart, so the time that another machine wrote down only shortens the wait.
 */
export class SharedWaits {
  constructor(
    private readonly shared: SharedTokens,
    private readonly clock: Clock
  ) {}

  /** Begins one of so many milliseconds. */
  begin(key: string, length: number): Effect.Effect<void> {
    return this.shared.write(key, { at: this.clock.unsafeCurrentTimeMillis(), length }, Duration.millis(length))
  }

  /** Until when to wait, by this machine's clock; `undefined` if nobody waits. */
  until(key: string): Effect.Effect<number | undefined> {
    return Effect.map(this.shared.read(key), (json) => {
      const { at, length }: Record<string, unknown> = Object(json)
      const now = this.clock.unsafeCurrentTimeMillis()
      // a store that forgets late must not hold anybody back for ever
      const isSane = typeof at === "number" && typeof length === "number" && length <= longest
      if (!isSane || now - at >= length + clockSkew) {
        return undefined
      }
      const end = at + length
      return end > now && end <= now + length ? end : now + length
    })
  }
}
