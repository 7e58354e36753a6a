import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as RcMap from "effect/RcMap"
import * as Scope from "effect/Scope"
import { AccessToken } from "../AccessToken.js"
import type { MiniPrograms } from "../MiniPrograms.js"
import type { HttpExchange } from "./exchange.js"
import type { Options } from "./options.js"
import { makeTransport } from "./transport.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface MiniProgramsOptions extends Options {
  /** how long a mini program that nobody calls for keeps its token and its place in memory; 10 minutes by default */
  readonly idleTimeToLive?: Duration.DurationInput | undefined
}

/** One transport for each appid, with its own credential, all over one exchange. */
export const makeMiniPrograms = (
  { idleTimeToLive = "10 minutes", ...options }: MiniProgramsOptions,
  accessToken: (appId: string) => Effect.Effect<AccessToken.Service, never, HttpExchange | Scope.Scope>
): Effect.Effect<MiniPrograms.Service, never, HttpExchange | Scope.Scope> =>
  Effect.gen(function* () {
    const ours = yield* Effect.context<HttpExchange>()
    const transports = yield* RcMap.make({
      lookup: (appId: string): Effect.Effect<Transport.Service, never, Scope.Scope> =>
        makeTransport(options).pipe(
          Effect.provideServiceEffect(AccessToken, accessToken(appId)),
          // what the first caller happens to have must not be everybody's
          Effect.mapInputContext((theirs: Context.Context<Scope.Scope>) =>
            Context.add(ours, Scope.Scope, Context.get(theirs, Scope.Scope))
          )
        ),
      idleTimeToLive
    })
    return { transport: (appId) => RcMap.get(transports, appId) }
  })
