import type { Call, Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import type { CredentialProvider } from "../Credential.js"
import type { Client } from "./http/client.js"
import { authorized } from "./tokens/authorized.js"

/** The span attributes of every call over HTTPS. */
export const attributesOf = ({ hostname, port }: URL) => {
  const server = { "server.address": hostname, ...(port === "" ? {} : { "server.port": Number(port) }) }
  return ({ path }: Call) => ({ "wechat.transport": "https", ...server, "url.path": path })
}

/** WeChat over HTTPS: credential, request, and once more with a new credential if WeChat rejects the first. */
export const makeTransport = (client: Client, provider: CredentialProvider): Transport.Service => ({
  call: ({ api, body, path }) =>
    Effect.withFiberRuntime((caller) =>
      authorized(provider, client, { api, endpoint: "api", path, body }, client.startDeadline(), caller)
    ),
  attributes: attributesOf(client.settings.url)
})
