import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Client from "./client.js"
import type { App } from "./credential.js"
import type { Options } from "./options.js"
import { readToken } from "./readToken.js"
import * as TokenKeeper from "./tokenKeeper.js"

const about = { api: "auth.getAccessToken", method: "GET", path: "/cgi-bin/token" } as const

export const makePlain = Effect.fnUntraced(function* (options: App & Options) {
  const client = yield* Client.make(options)
  const { appId, appSecret } = options
  return yield* TokenKeeper.make(
    {
      ...about,
      key: `${appId}:plain`,
      parameter: "access_token",
      isExclusive: true,
      request: (deadline) =>
        client
          .send(
            {
              ...about,
              endpoint: "credential",
              query: { grant_type: "client_credential", appid: appId, secret: Redacted.value(appSecret) },
              secrets: [appSecret]
            },
            deadline
          )
          .pipe(Effect.flatMap(readToken(client, about)))
    },
    client
  )
})
