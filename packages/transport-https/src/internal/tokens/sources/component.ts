import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { TokenContext } from "../context.js"
import { Keeper } from "../keeper.js"
import { keyOf, readToken } from "../tokenSource.js"

export const route = { api: "getComponentAccessToken", path: "/cgi-bin/component/api_component_token" }

/** The appid, the secret and the ticket of a third-party platform. */
export interface Component {
  readonly componentAppId: string
  readonly componentAppSecret: Redacted.Redacted<string>
  readonly verifyTicket: Effect.Effect<Redacted.Redacted<string>, WechatTransportError>
}

/** The keeper of a third-party platform's own token. */
export const makeComponent = (
  context: TokenContext,
  { componentAppId, componentAppSecret, verifyTicket }: Component
): Keeper => {
  const { client } = context
  return new Keeper(
    {
      ...route,
      key: Effect.succeed(keyOf(componentAppId, "component", client.settings, componentAppSecret)),
      parameter: "component_access_token",
      isExclusive: true,
      request: (deadline) =>
        verifyTicket.pipe(
          Effect.flatMap((ticket) =>
            client.send(
              {
                ...route,
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
          Effect.flatMap(readToken(client, route, "component_access_token"))
        )
    },
    context
  )
}
