import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { CredentialProvider } from "../../../Credential.js"
import { authorized } from "../authorized.js"
import type { Component } from "./component.js"
import type { TokenContext } from "../context.js"
import { Keeper } from "../keeper.js"
import type { KeptRefreshTokens } from "./refreshTokens.js"
import { keyOf, readToken } from "../tokenSource.js"

export const route = { api: "getAuthorizerAccessToken", path: "/cgi-bin/component/api_authorizer_token" }

/** Another refresh token than the one that was sent. In a refusal it can only be an echo. */
const newRefreshToken = ({ body, errcode }: Reply, sent: Redacted.Redacted<string>) => {
  const { authorizer_refresh_token: value }: { authorizer_refresh_token?: unknown } = Object(body)
  return errcode === 0 && typeof value === "string" && value !== "" && value !== Redacted.value(sent)
    ? Redacted.make(value)
    : undefined
}

/** The keeper of the token of a mini program that authorized a third-party platform. */
export const makeAuthorizer = (
  context: TokenContext,
  { componentAppId, componentAppSecret }: Component,
  component: CredentialProvider,
  refreshTokens: KeptRefreshTokens,
  appId: string
): Keeper => {
  const { client } = context

  const post = (sent: Redacted.Redacted<string>, deadline: Deadline) => {
    const body = {
      component_appid: componentAppId,
      authorizer_appid: appId,
      authorizer_refresh_token: Redacted.value(sent)
    }
    return Effect.withFiberRuntime<Reply, WechatTransportError>((caller) =>
      // 40001 of this endpoint is about its token, as with any API: it takes no secret
      authorized(component, client, { ...route, endpoint: "api", body, returned: sent }, deadline, caller)
    ).pipe(
      Effect.tap((reply) => {
        const received = newRefreshToken(reply, sent)
        return received === undefined ? Effect.void : refreshTokens.keep(appId, received)
      }),
      // the refresh token in the reply may be the only one that WeChat still accepts
      Effect.uninterruptible
    )
  }

  return new Keeper(
    {
      ...route,
      key: Effect.succeed(keyOf(`${componentAppId}:${appId}`, "authorizer", client.settings, componentAppSecret)),
      parameter: "access_token",
      isExclusive: true,
      request: (deadline) =>
        refreshTokens.read(appId).pipe(
          Effect.flatMap((sent) => post(sent, deadline)),
          Effect.flatMap(readToken(client, route, "authorizer_access_token"))
        )
    },
    context
  )
}
