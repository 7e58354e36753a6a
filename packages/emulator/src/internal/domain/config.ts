import type * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type { Entry } from "../../Journal.js"
import type { World } from "../../World.js"
import type { Counted, Limits } from "./quota.js"

/** The options of the layer with their defaults filled in. */
export interface Config {
  readonly port: number
  readonly secretId: string
  readonly secretKey: Redacted.Redacted<string>
  readonly world: World
  readonly tokenLifetimeMillis: number
  readonly permissions: ReadonlyArray<string>
  readonly quotas: Partial<Record<Counted, Limits>>
  readonly openInterface: { readonly paths: ReadonlyArray<string>; readonly readyAfterMillis: number }
  readonly journalLimit: number
  readonly onRequest: (entry: Entry) => Effect.Effect<void>
}
