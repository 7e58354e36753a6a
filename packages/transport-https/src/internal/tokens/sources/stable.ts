import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { TokenContext } from "../context.js"
import { Keeper } from "../keeper.js"
import { keyOf, readToken } from "../tokenSource.js"

export const route = { api: "auth.getStableAccessToken", path: "/cgi-bin/stable_token" }

/** The keeper of WeChat's stable token. The secret may have to be looked up each time that it is needed. */
export const makeStable = (
  context: TokenContext,
  appId: string,
  appSecret: Effect.Effect<Redacted.Redacted<string>, WechatTransportError>
): Keeper => {
  const { client } = context

  const request = (deadline: Deadline, more: { readonly force_refresh?: true }) =>
    appSecret.pipe(
      Effect.flatMap((secret) =>
        client.send(
          {
            ...route,
            endpoint: "credential",
            body: { grant_type: "client_credential", appid: appId, secret: Redacted.value(secret), ...more },
            secrets: [secret]
          },
          deadline
        )
      ),
      Effect.flatMap(readToken(client, route))
    )

  return new Keeper(
    {
      ...route,
      key: Effect.map(appSecret, (secret) => keyOf(appId, "stable", client.settings, secret)),
      parameter: "access_token",
      isExclusive: false,
      request: (deadline) => request(deadline, {}),
      force: (deadline) => request(deadline, { force_refresh: true })
    },
    context
  )
}
