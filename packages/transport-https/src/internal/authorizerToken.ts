import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { AccessToken } from "../AccessToken.js"
import type { Options } from "../ThirdParty.js"
import { authorized } from "./authorized.js"
import * as Client from "./client.js"
import type { Credential } from "./credential.js"
import { readToken } from "./readToken.js"
import { redactJson } from "./redactJson.js"
import * as TokenKeeper from "./tokenKeeper.js"

const about = { api: "getAuthorizerAccessToken", path: "/cgi-bin/component/api_authorizer_token" }

/** Another refresh token than the one that was sent. */
const newRefreshToken = ({ body }: Transport.Reply, sent: Redacted.Redacted<string>) => {
  const { authorizer_refresh_token: value }: { authorizer_refresh_token?: unknown } = Object(body)
  return typeof value === "string" && value !== "" && value !== Redacted.value(sent) ? Redacted.make(value) : undefined
}

/** A refusal may echo what was sent; of a reply that is none the same refresh token is a part. */
const withoutSent = (reply: Transport.Reply, sent: Redacted.Redacted<string>) =>
  reply.errcode === 0 ? reply : Transport.reply(redactJson(reply.body, reply.errmsg, [sent]), reply.endpoint)

/** The token of a mini program that authorized the platform. */
export const makeAuthorizer = Effect.fnUntraced(function* (
  options: Options,
  component: AccessToken.Service,
  appId: string
) {
  const client = yield* Client.make(options)
  const { componentAppId, onRefreshToken } = options
  const refreshToken = Effect.mapError(options.refreshToken(appId), () =>
    client.failure(about, "credential", `the authorizer_refresh_token of ${appId} cannot be read`)
  )

  const post = (sent: Redacted.Redacted<string>, credential: Credential, deadline: Deadline) =>
    client
      .send(
        {
          ...about,
          // it takes a token and no secret: its 40001 is that of any interface
          endpoint: "api",
          credential,
          body: {
            component_appid: componentAppId,
            authorizer_appid: appId,
            authorizer_refresh_token: Redacted.value(sent)
          },
          secrets: [credential.value]
        },
        deadline
      )
      .pipe(
        Effect.map((reply) => withoutSent(reply, sent)),
        Effect.tap((reply) => {
          const received = newRefreshToken(reply, sent)
          return received === undefined ? Effect.void : onRefreshToken(appId, received)
        }),
        // the refresh token in the reply may be the only one that WeChat still takes
        Effect.uninterruptible
      )

  return yield* TokenKeeper.make(
    {
      ...about,
      key: `${componentAppId}:${appId}:authorizer`,
      parameter: "access_token",
      isExclusive: true,
      request: (deadline) =>
        refreshToken.pipe(
          Effect.flatMap((sent) =>
            authorized(component, client, about, deadline, (credential) => post(sent, credential, deadline))
          ),
          Effect.flatMap(readToken(client, about, "authorizer_access_token"))
        )
    },
    client
  )
})
