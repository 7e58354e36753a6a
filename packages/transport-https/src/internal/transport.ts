import { type Call, Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { AccessToken } from "../AccessToken.js"
import { authorized } from "./authorized.js"
import * as Client from "./client.js"
import type { Options } from "./options.js"
import { RequestSigning } from "./signing.js"

export const attributesOf = ({ hostname, port }: URL) => {
  const server = { "server.address": hostname, ...(port === "" ? {} : { "server.port": Number(port) }) }
  return ({ path }: Call) => ({ "wechat.transport": "https", ...server, "url.path": path })
}

/** WeChat over HTTPS, with whatever `AccessToken` provides. */
export const makeTransport = Effect.fnUntraced(function* (options: Options) {
  const accessToken = yield* AccessToken
  const signing = yield* Effect.serviceOption(RequestSigning)
  const client = yield* Client.make(options, Option.getOrUndefined(signing)?.around)

  return Transport.of({
    call: (call) =>
      Effect.suspend(() => {
        const { api, body, path } = call
        const deadline = client.startDeadline()
        return authorized(accessToken, client, call, deadline, (credential) =>
          client.send({ api, endpoint: "api", path, credential, body, secrets: [credential.value] }, deadline)
        )
      }),
    attributes: attributesOf(client.server)
  })
})
