import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { CredentialRejected, type WechatTransportError } from "@effect-wechat/plugin-manager/TransportErrors"
import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { RuntimeFiber } from "effect/Fiber"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type { Credential, CredentialProvider, TokenRefused } from "../../Credential.js"
import type { Client, Request } from "../http/client.js"

const isRefused = Predicate.isTagged("TokenRefused") as (error: unknown) => error is TokenRefused

/** The operation maps the errcode of a refusal like that of any other reply. */
const refusalAsReply = <E, R>(self: Effect.Effect<Reply, E | TokenRefused, R>) =>
  Effect.catchIf(self, isRefused, ({ reply }) => Effect.succeed(reply))

/** 41001 (the token is missing) for a request that had one: WeChat could not read it, or something between took it away. */
const rejections = new Set<number>([...CredentialRejected.codes, 41001])

/** Sends a request with a credential. If WeChat rejects the credential and there is another one, sends it once more. */
export const authorized = (
  provider: CredentialProvider,
  client: Client,
  request: Request,
  deadline: Deadline.Deadline,
  caller: RuntimeFiber<unknown, unknown>
): Effect.Effect<Reply, WechatTransportError> => {
  const late = () => client.late(request)

  /** Something on the way may answer it with the reply to the first request. */
  const repeated = (first: Credential): Request => ({ ...request, secrets: [...(request.secrets ?? []), first.value] })

  const repeat = (first: Credential, reply: Reply) =>
    Deadline.within(deadline, Effect.zipRight(provider.invalidate(first), provider.get), late).pipe(
      Effect.flatMap((second) =>
        Redacted.value(second.value) === Redacted.value(first.value)
          ? Effect.succeed(reply)
          : client.sendAs(caller, repeated(first), deadline, second)
      ),
      refusalAsReply
    )

  const attempt = (first: Credential) =>
    client.sendAs(caller, request, deadline, first, (reply) =>
      rejections.has(reply.errcode) ? repeat(first, reply) : Effect.succeed(reply)
    )

  const cached = provider.cached?.()
  if (cached !== undefined) {
    return attempt(cached)
  }
  const { timeout = Duration.infinity } = provider
  const isInTime = Duration.lessThanOrEqualTo(timeout, client.settings.timeout)
  const first = isInTime ? provider.get : Deadline.within(deadline, provider.get, late)
  return refusalAsReply(Effect.flatMap(first, attempt))
}
