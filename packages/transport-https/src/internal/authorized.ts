import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { CredentialRejected, type WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { AccessToken } from "../AccessToken.js"
import type { About, Client } from "./client.js"
import { type Credential, TokenRefused } from "./credential.js"

/** Core maps it like any other errcode. */
const refusalAsReply = <E, R>(self: Effect.Effect<Reply, E | TokenRefused, R>) =>
  Effect.catchIf(
    self,
    (error) => error instanceof TokenRefused,
    ({ reply }) => Effect.succeed(reply)
  )

const isRejected = ({ errcode }: Reply): boolean => CredentialRejected.codes.some((code) => code === errcode)

/** Sends with a credential; once more, with another if there is one, when WeChat rejects it. */
export const authorized = (
  accessToken: AccessToken.Service,
  client: Client,
  about: About,
  deadline: Deadline.Deadline,
  send: (credential: Credential) => Effect.Effect<Reply, WechatTransportError>
): Effect.Effect<Reply, WechatTransportError> => {
  const token = (get: typeof accessToken.get) => Deadline.within(deadline, get, () => client.late(about))

  const repeat = (first: Credential, reply: Reply) =>
    token(Effect.zipRight(accessToken.invalidate(first), accessToken.get)).pipe(
      Effect.flatMap((second) =>
        Redacted.value(second.value) === Redacted.value(first.value) ? Effect.succeed(reply) : send(second)
      ),
      refusalAsReply
    )

  const attempt = (first: Credential) =>
    Effect.flatMap(send(first), (reply) => (isRejected(reply) ? repeat(first, reply) : Effect.succeed(reply)))

  const cached = accessToken.cached?.()
  return cached === undefined ? refusalAsReply(Effect.flatMap(token(accessToken.get), attempt)) : attempt(cached)
}
