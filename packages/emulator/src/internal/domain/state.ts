import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { World } from "../../World.js"
import * as Accounts from "../tokens/accounts.js"
import * as PluginCodes from "../tokens/pluginCodes.js"
import type * as Token from "../tokens/token.js"
import * as Application from "./application.js"
import type { Config } from "./config.js"
import * as Quota from "./quota.js"
import * as Time from "./time.js"

/** The state of the emulated WeChat. */
export interface State {
  readonly config: Config
  readonly time: Time.Time
  readonly world: Ref.Ref<Application.IndexedWorld>
  readonly accounts: Ref.Ref<Accounts.Accounts>
  readonly usage: Ref.Ref<Quota.Usage>
  /** The number of requests so far, from which request ids are made. */
  readonly requests: Ref.Ref<number>
  /** The time of the start or the last reset. */
  readonly startedAt: Ref.Ref<number>
}

export const make: (config: Config) => Effect.Effect<State> = Effect.fnUntraced(function* (config) {
  const time = yield* Time.make
  const now = yield* time.now
  return {
    config,
    time,
    world: yield* Ref.make(Application.index(config.world, now)),
    accounts: yield* Ref.make(Accounts.none),
    usage: yield* Ref.make(Quota.unused),
    requests: yield* Ref.make(0),
    startedAt: yield* Ref.make(now)
  }
})

export const seed = (state: State, world: World): Effect.Effect<void> =>
  Effect.flatMap(state.time.now, (now) => Ref.set(state.world, Application.index(world, now)))

export const reset: (state: State) => Effect.Effect<void> = Effect.fnUntraced(function* (state) {
  yield* state.time.reset
  yield* seed(state, state.config.world)
  yield* Ref.set(state.accounts, Accounts.none)
  yield* Ref.set(state.usage, Quota.unused)
  yield* Ref.set(state.requests, 0)
  yield* Ref.set(state.startedAt, yield* state.time.now)
}, Effect.uninterruptible)

/** Issues a code of `wx.pluginLogin`. */
export const pluginLogin = ({ time, world }: State, login: PluginCodes.Login): Effect.Effect<string> =>
  Effect.flatMap(time.now, (now) =>
    Ref.modify(world, (world) => {
      const [code, codes] = PluginCodes.issue(world.codes, login, now)
      return [code, { ...world, codes }]
    })
  )

/** Changes the tokens of one account. */
export const modifyTokens = <A>(
  { accounts, config }: State,
  appid: string,
  change: (tokens: Token.Tokens) => readonly [A, Token.Tokens]
): Effect.Effect<A> => Accounts.modify(accounts, appid, config.tokenLifetimeMillis, change)

/** Counts a call. Fails with the errcode of the quota that the call exceeds. */
export const spend = (
  { config, usage }: State,
  appid: string,
  operation: Quota.Counted,
  now: number
): Effect.Effect<void, number> =>
  Effect.flatMap(
    Ref.modify(usage, (usage) => Quota.spend(usage, appid, operation, config.quotas[operation] ?? {}, now)),
    (errcode) => (errcode === undefined ? Effect.void : Effect.fail(errcode))
  )
