import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import * as Deadlines from "@effect-wechat/plugin-manager/Deadline"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import type { Credential, CredentialProvider } from "../../Credential.js"
import type { TokenContext } from "./context.js"
import type { Failure, Pause } from "./pause.js"
import type { Kept } from "./shared.js"
import type { Source, Token } from "./tokenSource.js"

/** WeChat hands out a new stable token in the last five minutes of the old one; for a short lifetime it is the last tenth. */
const renewalWindow = Duration.toMillis("5 minutes")

const windowOf = (lifetime: number) => Math.min(renewalWindow, lifetime / 10)

/** How many rejected tokens are remembered: their late rejections may arrive while newer tokens are in use. */
const rememberedRejections = 8

const isSame = (a: Redacted.Redacted<string>, b: Redacted.Redacted<string>) => Redacted.value(a) === Redacted.value(b)

const between = (least: Duration.DurationInput, most: Duration.DurationInput) =>
  Effect.flatMap(Random.nextRange(Duration.toMillis(least), Duration.toMillis(most)), Effect.sleep)

interface InHand {
  readonly credential: Credential
  readonly expiresAt: number
}

/** Keeps one token and renews it in advance. However many callers ask, this process makes one request. */
export class Keeper implements CredentialProvider {
  private inHand: InHand | undefined
  private renewAt = 0
  private rejected: ReadonlyArray<Redacted.Redacted<string>> = []
  /** whether the last token was rejected and there is no other yet */
  private isReplacing = false
  /** the rejected token that WeChat still hands out */
  private stuck: InHand | undefined
  private pending: Deferred.Deferred<Credential, Failure> | undefined
  /** the key whose token WeChat is being asked for */
  private asking: string | undefined

  constructor(
    private readonly source: Source,
    private readonly context: TokenContext
  ) {}

  get timeout() {
    return this.context.client.settings.timeout
  }

  readonly get = Effect.suspend(() => {
    const credential = this.valid()
    if (credential === undefined) {
      return Deferred.await(this.renew())
    }
    return this.now() < this.renewAt
      ? Effect.succeed(credential)
      : Effect.as(
          Effect.sync(() => this.renew()),
          credential
        )
  })

  readonly cached = (): Credential | undefined => (this.now() < this.renewAt ? this.valid() : undefined)

  readonly invalidate = ({ value }: Credential): Effect.Effect<void> =>
    Effect.sync(() => {
      if (!this.isRejected(value)) {
        this.rejected = [value, ...this.rejected].slice(0, rememberedRejections)
      }
      if (this.inHand !== undefined && isSame(this.inHand.credential.value, value)) {
        this.inHand = undefined
        this.isReplacing = true
      }
    })

  private now() {
    return this.context.clock.unsafeCurrentTimeMillis()
  }

  private valid(): Credential | undefined {
    const { inHand } = this
    return inHand !== undefined && this.now() < inHand.expiresAt ? inHand.credential : undefined
  }

  private isRejected(value: Redacted.Redacted<string>) {
    return this.rejected.some((rejected) => isSame(rejected, value))
  }

  /** Starts a renewal, if there is none, in the scope of the layer: no caller's interruption reaches it. */
  private renew(): Deferred.Deferred<Credential, Failure> {
    if (this.pending !== undefined) {
      return this.pending
    }
    const deferred = (this.pending = Deferred.unsafeMake<Credential, Failure>(FiberId.none))
    const { client, runtime, scope } = this.context
    const deadline = client.startDeadline()
    const late = client.late(this.source)
    const renewal = Deadlines.within(deadline, this.acquire(deadline), () => late).pipe(
      Effect.tapError((failure) => (failure === late ? this.gaveUp(late) : Effect.void)),
      Effect.onExit((exit) => {
        this.pending = undefined
        return Deferred.done(deferred, exit)
      })
    )
    Runtime.runFork(runtime)(renewal, { scope })
    return deferred
  }

  private acquire(deadline: Deadline): Effect.Effect<Credential, Failure> {
    return Effect.gen(this, function* () {
      const { shared } = this.context
      const key = yield* this.source.key
      while (true) {
        const pause = yield* this.context.pauses.last(key)
        const found = yield* this.withoutAsking(key, pause)
        if (found !== undefined) {
          return found
        }
        // WeChat's normal mode gives all processes the same token, so they need not wait for each other
        if (!this.source.isExclusive && !this.isReplacing && pause === undefined) {
          return yield* this.fetch(key, deadline)
        }
        const credential = yield* shared.exclusively(key, (isCertain) => this.inTurn(key, deadline, isCertain))
        if (credential !== undefined) {
          return credential
        }
        yield* between("50 millis", "150 millis")
      }
    })
  }

  /** A token from another process, or what is remembered of the last failure. */
  private withoutAsking(key: string, pause: Pause | undefined): Effect.Effect<Credential | undefined, Failure> {
    return Effect.gen(this, function* () {
      const stored = yield* this.stored(key)
      if (stored !== undefined) {
        return stored
      }
      if (pause === undefined || this.now() >= pause.until) {
        return undefined
      }
      if (pause.failure !== undefined) {
        this.renewAt = Math.max(this.renewAt, pause.until)
        return yield* pause.failure
      }
      this.inHand = this.stuck ?? this.inHand
      return this.stuck?.credential
    })
  }

  private stored(key: string): Effect.Effect<Credential | undefined> {
    return Effect.gen(this, function* () {
      const { shared } = this.context
      const kept = yield* shared.get(key)
      if (kept !== undefined && this.isRejected(kept.value)) {
        yield* shared.remove(key, kept)
        return undefined
      }
      const { inHand } = this
      const isNews = kept !== undefined && !(inHand !== undefined && isSame(inHand.credential.value, kept.value))
      return isNews && this.now() < kept.expiresAt - windowOf(kept.lifetime) / 2 ? yield* this.adopt(kept) : undefined
    })
  }

  /** Looks again, since somebody else may have had the lease before, and then asks WeChat. */
  private inTurn(key: string, deadline: Deadline, isCertain: boolean): Effect.Effect<Credential, Failure> {
    return Effect.gen(this, function* () {
      if (!isCertain && this.isReplacing) {
        // waits a random time, so that the second process gets the token that the first one has forced
        yield* between("200 millis", "2 seconds")
      }
      const found = yield* this.withoutAsking(key, yield* this.context.pauses.last(key))
      return found ?? (yield* this.fetch(key, deadline))
    })
  }

  /** Nothing interrupts between the arrival of a token and its being kept. */
  private fetch(key: string, deadline: Deadline): Effect.Effect<Credential, Failure> {
    return Effect.uninterruptibleMask((restore) =>
      Effect.gen(this, function* () {
        this.asking = key
        const token = yield* restore(this.request(key, deadline))
        this.asking = undefined
        const kept = { ...token, expiresAt: this.now() + token.lifetime }
        const credential = yield* this.adopt(kept)
        if (!this.isRejected(token.value)) {
          yield* this.context.shared.set(key, kept)
          yield* this.context.pauses.end(key)
        }
        return credential
      })
    ).pipe(Effect.tapError((failure) => this.failed(key, failure)))
  }

  private request(key: string, deadline: Deadline): Effect.Effect<Token, Failure> {
    return Effect.gen(this, function* () {
      const { forced, pauses } = this.context
      const { force, request } = this.source
      const token = yield* request(deadline, this.rejected[0])
      if (!this.isRejected(token.value)) {
        return token
      }
      const wait = force === undefined ? 0 : yield* forced.take(key)
      const other = force !== undefined && wait === 0 ? yield* force(deadline) : token
      if (this.isRejected(other.value)) {
        // no longer than until the next one may be forced
        yield* pauses.begin(key, undefined, wait === 0 ? undefined : wait)
      }
      return other
    })
  }

  /** The deadline passed. That counts as a failure of WeChat's only if WeChat was asked: another process may have had the lease. */
  private gaveUp(late: Failure): Effect.Effect<void> {
    return Effect.suspend(() => (this.asking === undefined ? Effect.void : this.failed(this.asking, late)))
  }

  private failed(key: string, failure: Failure): Effect.Effect<void> {
    return Effect.map(this.context.pauses.begin(key, failure), ({ until }: Pause) => {
      this.asking = undefined
      this.renewAt = Math.max(this.renewAt, until)
    })
  }

  private adopt({ expiresAt, lifetime, value }: Kept): Effect.Effect<Credential> {
    return Effect.map(Random.nextRange(0.5, 1), (part) => {
      const inHand = { credential: { parameter: this.source.parameter, value, expiresAt }, expiresAt }
      const isStuck = this.isRejected(value)
      this.stuck = isStuck ? inHand : undefined
      this.isReplacing = isStuck
      this.inHand = inHand
      this.renewAt = expiresAt - windowOf(lifetime) * part
      return inHand.credential
    })
  }
}
