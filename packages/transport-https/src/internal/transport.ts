import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { type Call, type Reply, Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { AccessToken } from "../AccessToken.js"
import * as Client from "./client.js"
import { type Credential, TokenRefused } from "./credential.js"
import type { Options } from "./options.js"
import { isRejected, repeatRejected } from "./repeatRejected.js"
import { RequestSigning } from "./signing.js"

/** Core maps it like any other errcode. */
const refusalAsReply = <E, R>(self: Effect.Effect<Reply, E | TokenRefused, R>) =>
  Effect.catchIf(
    self,
    (error) => error instanceof TokenRefused,
    ({ reply }) => Effect.succeed(reply)
  )

/** WeChat over HTTPS, with whatever `AccessToken` provides. */
export const makeTransport = Effect.fnUntraced(function* (options: Options) {
  const accessToken = yield* AccessToken
  const signing = yield* Effect.serviceOption(RequestSigning)
  const client = yield* Client.make(options, Option.getOrUndefined(signing)?.around)

  const post = ({ api, body, path }: Call, credential: Credential, deadline: Deadline.Deadline) =>
    client.send({ api, endpoint: "api", path, credential, body, secrets: [credential.value] }, deadline)

  const within = <A, E>(call: Call, deadline: Deadline.Deadline, self: Effect.Effect<A, E>) =>
    Deadline.within(deadline, self, () => client.late(call))

  const repeat = (call: Call, first: Credential, reply: Reply, deadline: Deadline.Deadline) =>
    within(
      call,
      deadline,
      repeatRejected(accessToken, first, reply, (second) => post(call, second, deadline))
    ).pipe(refusalAsReply)

  const attempt = (call: Call, first: Credential, deadline: Deadline.Deadline) =>
    Effect.flatMap(post(call, first, deadline), (reply) =>
      isRejected(reply) ? repeat(call, first, reply, deadline) : Effect.succeed(reply)
    )

  const { hostname, port } = client.server
  const server = { "server.address": hostname, ...(port === "" ? {} : { "server.port": Number(port) }) }

  return Transport.of({
    call: (call) =>
      Effect.suspend(() => {
        const deadline = client.startDeadline()
        const cached = accessToken.cached?.()
        return cached === undefined
          ? refusalAsReply(
              Effect.flatMap(within(call, deadline, accessToken.get), (first) => attempt(call, first, deadline))
            )
          : attempt(call, cached, deadline)
      }),
    attributes: ({ path }) => ({ "wechat.transport": "https", ...server, "url.path": path })
  })
})
