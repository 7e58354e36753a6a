import type { Clock } from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Runtime from "effect/Runtime"
import type * as Scope from "effect/Scope"
import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { HttpsOptions } from "../../HttpsOptions.js"
import * as Client from "../http/client.js"
import type { HttpExchange } from "../http/exchange.js"
import { ForcedRenewals } from "./forced.js"
import { Pauses } from "./pause.js"
import * as Shared from "./shared.js"

/** What all tokens of a layer have in common. */
export interface TokenContext {
  readonly client: Client.Client
  readonly shared: Shared.SharedTokens
  readonly pauses: Pauses
  readonly forced: ForcedRenewals
  readonly clock: Clock
  /** of the layer: a token request must not carry the context of the call that happens to need it */
  readonly runtime: Runtime.Runtime<never>
  readonly scope: Scope.Scope
}

export const make = Effect.fnUntraced(function* (
  options: HttpsOptions
): Effect.fn.Return<TokenContext, InvalidOptions, HttpExchange | Scope.Scope> {
  const client = yield* Client.make(options)
  const clock = yield* Effect.clock
  const shared = yield* Shared.make
  return {
    client,
    shared,
    pauses: new Pauses(shared, clock),
    forced: new ForcedRenewals(shared, clock),
    clock,
    runtime: yield* Effect.interruptible(Effect.runtime<never>()),
    scope: yield* Effect.scope
  }
})
