import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { EmulatedPlugin } from "../EmulatedPlugin.js"
import type { Fault } from "../Fault.js"
import type { Config } from "./config.js"
import * as Journal from "./journal.js"
import * as Token from "./token.js"

/** Everything that changes while the emulator runs. */
export interface State {
  readonly config: Config
  readonly tokens: Ref.Ref<Token.Tokens>
  readonly plugins: Ref.Ref<ReadonlyArray<EmulatedPlugin>>
  readonly faults: Ref.Ref<ReadonlyArray<Fault>>
  /** Held replies wait here; each `release` opens this gate and sets up the next. */
  readonly gate: Ref.Ref<Deferred.Deferred<void>>
  readonly journal: Journal.Journal
  readonly requests: Ref.Ref<number>
}

export const make: (config: Config) => Effect.Effect<State> = Effect.fnUntraced(function* (config) {
  return {
    config,
    tokens: yield* Ref.make(Token.empty(config.appId, config.tokenLifetimeMillis)),
    plugins: yield* Ref.make(config.plugins),
    faults: yield* Ref.make<ReadonlyArray<Fault>>([]),
    gate: yield* Ref.make(yield* Deferred.make<void>()),
    journal: yield* Journal.make,
    requests: yield* Ref.make(0)
  }
})

export const release: (state: State) => Effect.Effect<void> = Effect.fnUntraced(function* (state) {
  const next = yield* Deferred.make<void>()
  const gate = yield* Ref.getAndSet(state.gate, next)
  yield* Deferred.succeed(gate, undefined)
}, Effect.uninterruptible)

export const reset: (state: State) => Effect.Effect<void> = Effect.fnUntraced(function* (state) {
  yield* Ref.set(state.tokens, Token.empty(state.config.appId, state.config.tokenLifetimeMillis))
  yield* Ref.set(state.plugins, state.config.plugins)
  yield* Ref.set(state.faults, [])
  yield* Ref.set(state.requests, 0)
  yield* state.journal.reset
  yield* release(state)
}, Effect.uninterruptible)
