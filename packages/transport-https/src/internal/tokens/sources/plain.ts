import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { App } from "../../../Credential.js"
import type { TokenContext } from "../context.js"
import { Keeper } from "../keeper.js"
import { keyOf, readToken } from "../tokenSource.js"

const route = { api: "auth.getAccessToken", method: "GET", path: "/cgi-bin/token" } as const

/** The keeper of the token of `/cgi-bin/token`. */
export const makePlain = (context: TokenContext, { appId, appSecret }: App): Keeper => {
  const { client } = context
  return new Keeper(
    {
      ...route,
      key: Effect.succeed(keyOf(appId, "plain", client.settings, appSecret)),
      parameter: "access_token",
      isExclusive: true,
      request: (deadline) =>
        client
          .send(
            {
              ...route,
              endpoint: "credential",
              query: { grant_type: "client_credential", appid: appId, secret: Redacted.value(appSecret) },
              secrets: [appSecret]
            },
            deadline
          )
          .pipe(Effect.flatMap(readToken(client, route)))
    },
    context
  )
}
