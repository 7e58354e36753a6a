import { CredentialRejected } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { AccessToken } from "../AccessToken.js"
import type { Credential } from "./credential.js"

export const isRejected = ({ errcode }: Reply) => CredentialRejected.codes.some((code) => code === errcode)

/** Once, with a new credential if there is one. */
export const repeatRejected = <E>(
  accessToken: AccessToken.Service,
  first: Credential,
  reply: Reply,
  post: (second: Credential) => Effect.Effect<Reply, E>
) =>
  Effect.zipRight(accessToken.invalidate(first), accessToken.get).pipe(
    Effect.flatMap((second) =>
      Redacted.value(second.value) === Redacted.value(first.value) ? Effect.succeed(reply) : post(second)
    )
  )
