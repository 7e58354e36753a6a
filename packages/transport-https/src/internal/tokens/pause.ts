import { isTransportReason, WechatTransportError } from "@effect-wechat/plugin-manager/TransportErrors"
import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"
import type { Clock } from "effect/Clock"
import { TokenRefused } from "../../Credential.js"
import type { SharedTokens } from "./shared.js"
import { SharedWaits } from "./waits.js"

export type Failure = TokenRefused | WechatTransportError

/** Until when nobody asks WeChat for a token again, and what callers are told meanwhile. */
export interface Pause {
  /** milliseconds since 1970 */
  readonly until: number
  /** how many failures came one after the other */
  readonly count: number
  /** absent if WeChat still hands out a token that it rejects; that token is then used */
  readonly failure?: Failure
}

interface Growth {
  readonly first: number
  readonly longest: number
}

const growth = (first: Duration.DurationInput, longest: Duration.DurationInput): Growth => ({
  first: Duration.toMillis(first),
  longest: Duration.toMillis(longest)
})

/** A failed connection or a busy WeChat passes soon. */
const unreachable = growth("1 second", "30 seconds")
/** A wrong secret or an IP address that is not allowed stays wrong until somebody changes it. */
const refused = growth("5 seconds", "5 minutes")
const minuteQuota = growth("10 seconds", "1 minute")
const dailyQuota = growth("1 minute", "10 minutes")

const growthOf = (failure: Failure | undefined): Growth => {
  if (failure === undefined || failure._tag === "WechatTransportError") {
    return failure?.reason === "credential" ? refused : unreachable
  }
  switch (failure.reply.errcode) {
    case -1:
      return unreachable
    case 45011:
      return minuteQuota
    case 45009:
      return dailyQuota
    default:
      return refused
  }
}

/** What the store keeps of a pause; how long it lasts is kept apart. */
type Failed = Omit<Pause, "until">

const encode = ({ count, failure }: Failed) => ({
  count,
  ...(failure === undefined
    ? {}
    : failure._tag === "TokenRefused"
      ? { reply: failure.reply }
      : { lost: { ...failure } })
})

const decode = (json: unknown): Failed | undefined => {
  const { count, lost, reply }: Record<string, unknown> = Object(json)
  if (typeof count !== "number") {
    return undefined
  }
  const { api, description, isRetryable, reason }: Record<string, unknown> = Object(lost)
  const failure = Predicate.hasProperty(reply, "body")
    ? new TokenRefused({ reply: Transport.reply(reply.body, "credential") })
    : typeof api === "string" && typeof description === "string" && isTransportReason(reason)
      ? new WechatTransportError({ api, reason, description, isRetryable: isRetryable === true })
      : undefined
  return { count, ...(failure === undefined ? {} : { failure }) }
}

const keyOf = (key: string) => `${key}:pause`
const waitOf = (key: string) => `${key}:pause:wait`

/** The pauses of all tokens of a layer, shared with other processes through the store. */
export class Pauses {
  /** those that this process has begun */
  private readonly own = new Map<string, Pause>()
  private readonly waits: SharedWaits

  constructor(
    private readonly shared: SharedTokens,
    private readonly clock: Clock
  ) {
    this.waits = new SharedWaits(shared, clock)
  }

  /** Begins a pause after a failure, longer than the one before. */
  begin(key: string, failure: Failure | undefined, most = Infinity): Effect.Effect<Pause> {
    return Effect.gen(this, function* () {
      const count = ((yield* this.last(key))?.count ?? 0) + 1
      const { first, longest } = growthOf(failure)
      const jitter = yield* Random.nextRange(1, 1.5)
      const wait = Math.min(most, Math.min(longest, first * 2 ** (count - 1)) * jitter)
      const now = this.clock.unsafeCurrentTimeMillis()
      const pause: Pause = { until: now + wait, count, ...(failure === undefined ? {} : { failure }) }
      this.forget(now)
      this.own.set(key, pause)
      yield* this.waits.begin(waitOf(key), wait)
      yield* this.shared.write(keyOf(key), encode(pause), Duration.millis(2 * wait + 60_000))
      return pause
    })
  }

  /** After a success, the next failure begins with the shortest pause again. */
  end(key: string): Effect.Effect<void> {
    return Effect.flatMap(this.last(key), (pause) => {
      this.own.delete(key)
      return pause === undefined ? Effect.void : this.shared.write(keyOf(key), {}, Duration.seconds(1))
    })
  }

  /** The last pause since the last success, here or in a process that shares the store; it may be over. */
  last(key: string): Effect.Effect<Pause | undefined> {
    return Effect.gen(this, function* () {
      const own = this.own.get(key)
      const failed = decode(yield* this.shared.read(keyOf(key)))
      if (failed === undefined) {
        return own
      }
      const until = (yield* this.waits.until(waitOf(key))) ?? 0
      return own !== undefined && own.until >= until ? own : { ...failed, until }
    })
  }

  private forget(now: number) {
    for (const [key, { until }] of this.own) {
      if (until + dailyQuota.longest < now) {
        this.own.delete(key)
      }
    }
  }
}
