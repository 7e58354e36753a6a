import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import * as Deadlines from "@effect-wechat/plugin-manager/Deadline"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import type { AccessToken } from "../AccessToken.js"
import type { About, Client } from "./client.js"
import type { Credential, TokenRefused } from "./credential.js"
import * as SharedTokens from "./sharedTokens.js"

type Failure = TokenRefused | WechatTransportError

/** As it was handed out, its lifetime in milliseconds. */
export interface Token {
  readonly value: Redacted.Redacted<string>
  readonly lifetime: number
}

/** Where tokens of one kind come from, for one app. */
export interface Source extends About {
  /** in the store: one for each app and kind of token */
  readonly key: string
  readonly parameter: Credential["parameter"]
  /** Each request ends the token before: only one of all who share the store may ask. */
  readonly isExclusive: boolean
  readonly request: (deadline: Deadline, rejected?: Redacted.Redacted<string>) => Effect.Effect<Token, Failure>
  /** A new one although WeChat still hands out the rejected one; nothing while WeChat's limits of that do not allow it. */
  readonly force?: (deadline: Deadline) => Effect.Effect<Token | undefined, Failure>
}

/** WeChat hands out a new stable token in the last five minutes of the old one; of a short life it is a tenth. */
const renewalWindow = Duration.toMillis("5 minutes")

const windowOf = (lifetime: number) => Math.min(renewalWindow, lifetime / 10)

/** after a renewal in advance has failed */
const pause = Duration.toMillis("10 seconds")

const isSame = (a: Redacted.Redacted<string>, b: Redacted.Redacted<string>) => Redacted.value(a) === Redacted.value(b)

const between = (least: Duration.DurationInput, most: Duration.DurationInput) =>
  Effect.flatMap(Random.nextRange(Duration.toMillis(least), Duration.toMillis(most)), Effect.sleep)

/** Keeps one token and renews it in advance. However many ask, here or at whoever shares the store, one fetches it. */
export const make = Effect.fnUntraced(function* (source: Source, client: Client) {
  const scope = yield* Effect.scope
  const clock = yield* Effect.clock
  const shared = yield* SharedTokens.make
  const now = () => clock.unsafeCurrentTimeMillis()

  let inHand: { readonly credential: Credential; readonly expiresAt: number } | undefined
  let renewAt = 0
  let rejected: Redacted.Redacted<string> | undefined
  let pending: Deferred.Deferred<Credential, Failure> | undefined

  const force = source.force ?? (() => Effect.succeed(undefined))
  const isRejected = ({ value }: Token) => rejected !== undefined && isSame(rejected, value)
  const isInHand = ({ value }: Token) => inHand !== undefined && isSame(inHand.credential.value, value)

  const adopt = (kept: SharedTokens.Kept) =>
    Effect.map(Random.nextRange(0.5, 1), (part) => {
      const { expiresAt, lifetime, value } = kept
      const credential: Credential = { parameter: source.parameter, value, expiresAt }
      inHand = { credential, expiresAt }
      renewAt = expiresAt - windowOf(lifetime) * part
      rejected = undefined
      return credential
    })

  const fetched = (token: Token) => {
    const kept = { ...token, expiresAt: now() + token.lifetime }
    const isBad = isRejected(token)
    return Effect.zipLeft(adopt(kept), isBad ? Effect.void : shared.set(source.key, kept))
  }

  const stored = Effect.gen(function* () {
    const kept = yield* shared.get(source.key)
    if (kept !== undefined && isRejected(kept)) {
      yield* shared.remove(source.key, kept)
      return undefined
    }
    const isUseful = kept !== undefined && !isInHand(kept) && now() < kept.expiresAt - windowOf(kept.lifetime) / 2
    return isUseful ? yield* adopt(kept) : undefined
  })

  /** Nothing interrupts between the token's arrival and its being kept. */
  const fetch = (deadline: Deadline) =>
    Effect.uninterruptibleMask((restore) =>
      Effect.gen(function* () {
        const token = yield* restore(source.request(deadline, rejected))
        const forced = isRejected(token) ? yield* restore(force(deadline)) : undefined
        return yield* fetched(forced ?? token)
      })
    )

  /** Whoever has the lease fetches; the others find what it stored, or have their turn when it ends. */
  const fetchInTurn = (deadline: Deadline): Effect.Effect<Credential, Failure> =>
    Effect.gen(function* () {
      const lease = yield* shared.lease(source.key, Duration.sum(client.timeout, "2 seconds"))
      if (lease === "unknown" && rejected !== undefined) {
        // apart from the others, so that the second finds in normal mode what the first has forced
        yield* between("200 millis", "2 seconds")
      }
      return lease === false ? undefined : ((yield* stored) ?? (yield* fetch(deadline)))
    }).pipe(
      Effect.scoped,
      Effect.flatMap((credential) =>
        credential === undefined
          ? Effect.zipRight(between("50 millis", "150 millis"), fetchInTurn(deadline))
          : Effect.succeed(credential)
      )
    )

  const acquire = (deadline: Deadline) =>
    Effect.flatMap(stored, (credential) =>
      credential !== undefined
        ? Effect.succeed(credential)
        : source.isExclusive || rejected !== undefined
          ? fetchInTurn(deadline)
          : fetch(deadline)
    )

  /** In the layer's scope: no caller's interruption reaches it. */
  const renewal = Effect.uninterruptible(
    Effect.suspend(() => {
      if (pending !== undefined) {
        return Effect.succeed(pending)
      }
      const deferred = (pending = Deferred.unsafeMake<Credential, Failure>(FiberId.none))
      const deadline = client.startDeadline()
      return Effect.interruptible(Deadlines.within(deadline, acquire(deadline), () => client.late(source))).pipe(
        Effect.onExit((exit) => {
          pending = undefined
          renewAt = Exit.isSuccess(exit) ? renewAt : now() + pause
          return Deferred.done(deferred, exit)
        }),
        Effect.forkIn(scope),
        Effect.as(deferred)
      )
    })
  )

  const service: AccessToken.Service = {
    get: Effect.suspend(() => {
      if (inHand === undefined || now() >= inHand.expiresAt) {
        return Effect.flatMap(renewal, Deferred.await)
      }
      const { credential } = inHand
      return now() < renewAt ? Effect.succeed(credential) : Effect.as(renewal, credential)
    }),
    cached: () => (now() < renewAt ? inHand?.credential : undefined),
    invalidate: ({ value }) =>
      Effect.sync(() => {
        if (inHand === undefined || isSame(inHand.credential.value, value)) {
          inHand = undefined
          rejected = value
        }
      })
  }
  return service
})
