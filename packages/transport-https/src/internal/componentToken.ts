import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Options } from "../ThirdParty.js"
import * as Client from "./client.js"
import { readToken } from "./readToken.js"
import * as TokenKeeper from "./tokenKeeper.js"

const about = { api: "getComponentAccessToken", path: "/cgi-bin/component/api_component_token" }

/** The platform's own token. */
export const makeComponent = Effect.fnUntraced(function* (options: Options) {
  const client = yield* Client.make(options)
  const { componentAppId, componentAppSecret } = options
  const verifyTicket = Effect.mapError(options.verifyTicket, () =>
    client.failure(about, "credential", `the component_verify_ticket of ${componentAppId} cannot be read`)
  )
  return yield* TokenKeeper.make(
    {
      ...about,
      key: `${componentAppId}:component`,
      parameter: "component_access_token",
      isExclusive: true,
      request: (deadline) =>
        verifyTicket.pipe(
          Effect.flatMap((ticket) =>
            client.send(
              {
                ...about,
                endpoint: "credential",
                body: {
                  component_appid: componentAppId,
                  component_appsecret: Redacted.value(componentAppSecret),
                  component_verify_ticket: Redacted.value(ticket)
                },
                secrets: [componentAppSecret, ticket]
              },
              deadline
            )
          ),
          Effect.flatMap(readToken(client, about, "component_access_token"))
        )
    },
    client
  )
})
