import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as RcMap from "effect/RcMap"
import type * as Scope from "effect/Scope"
import type { CredentialProvider } from "../Credential.js"
import { checkText, type InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import type { TokenContext } from "./tokens/context.js"
import { makeTransport } from "./transport.js"

/** One transport for each appid, with its own credential, all over one client. */
export const makeMiniPrograms = (
  { client }: TokenContext,
  idleTimeToLive: Duration.DurationInput = "10 minutes",
  provider: (appId: string) => CredentialProvider
): Effect.Effect<
  (appId: string) => Effect.Effect<Transport.Service, InvalidOptions, Scope.Scope>,
  never,
  Scope.Scope
> =>
  Effect.map(
    RcMap.make({
      lookup: (appId: string) => Effect.sync(() => makeTransport(client, provider(appId))),
      idleTimeToLive
    }),
    (transports) => (appId) => Effect.zipRight(checkText("appId", appId), RcMap.get(transports, appId))
  )
