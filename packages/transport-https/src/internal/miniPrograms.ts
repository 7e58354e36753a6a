import { checkText, type InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { CredentialProvider } from "../Credential.js"
import type { TokenContext } from "./tokens/context.js"
import { makeTransport } from "./transport.js"

interface Entry {
  readonly transport: Transport.Service
  users: number
  idleSince: number
}

/** How often those that are idle are looked for, at most. */
const sweepEvery = Duration.toMillis("1 minute")

/**
 * The transports that are in use or were so a short while ago. Effect's RcMap would run a fiber for each of them that is idle, which takes more
 * memory than its token.
 */
class Entries {
  private readonly entries = new Map<string, Entry>()
  private sweptAt = 0

  constructor(
    private readonly make: (appId: string) => Transport.Service,
    private readonly now: () => number,
    private readonly idleTimeToLive: number
  ) {}

  take(appId: string): Entry {
    const now = this.now()
    this.sweep(now)
    let entry = this.entries.get(appId)
    if (entry === undefined || this.isOver(entry, now)) {
      entry = { transport: this.make(appId), users: 0, idleSince: now }
      this.entries.set(appId, entry)
    }
    entry.users++
    return entry
  }

  leave(entry: Entry) {
    entry.users--
    entry.idleSince = this.now()
  }

  private isOver({ idleSince, users }: Entry, now: number) {
    return users === 0 && now - idleSince >= this.idleTimeToLive
  }

  private sweep(now: number) {
    if (now - this.sweptAt >= sweepEvery) {
      this.sweptAt = now
      for (const [appId, entry] of this.entries) {
        if (this.isOver(entry, now)) {
          this.entries.delete(appId)
        }
      }
    }
  }
}

/** One transport for each appid, with its own credential, all over one client. */
export const makeMiniPrograms = (
  { client, clock }: TokenContext,
  idleTimeToLive: Duration.DurationInput = "10 minutes",
  provider: (appId: string) => CredentialProvider
): ((appId: string) => Effect.Effect<Transport.Service, InvalidOptions, Scope.Scope>) => {
  const entries = new Entries(
    (appId) => makeTransport(client, provider(appId)),
    () => clock.unsafeCurrentTimeMillis(),
    Duration.toMillis(idleTimeToLive)
  )
  return (appId) =>
    Effect.zipRight(
      checkText("appId", appId),
      Effect.acquireRelease(
        Effect.sync(() => entries.take(appId)),
        (entry) => Effect.sync(() => entries.leave(entry))
      )
    ).pipe(Effect.map(({ transport }) => transport))
}
