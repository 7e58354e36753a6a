import type * as Redacted from "effect/Redacted"
import type * as Effect from "effect/Effect"
import type { EmulatedPlugin } from "../EmulatedPlugin.js"
import type { Entry } from "../Journal.js"

/** The options of the layer, with nothing left open. */
export interface Config {
  readonly port: number
  readonly appId: string
  readonly appSecret: Redacted.Redacted<string>
  readonly secretId: string
  readonly secretKey: Redacted.Redacted<string>
  readonly cloudbaseToken: Redacted.Redacted<string>
  readonly plugins: ReadonlyArray<EmulatedPlugin>
  readonly tokenLifetimeMillis: number
  readonly permissions: ReadonlyArray<string>
  readonly onRequest: (entry: Entry) => Effect.Effect<void>
}
