import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Hash from "effect/Hash"
import * as Redacted from "effect/Redacted"
import { type Credential, TokenRefused } from "../../Credential.js"
import type { Client, Route } from "../http/client.js"
import type { Failure } from "./pause.js"

/** A token as it was handed out, its lifetime in milliseconds. */
export interface Token {
  readonly value: Redacted.Redacted<string>
  readonly lifetime: number
}

/** Where the tokens of one kind come from, for one app. */
export interface Source extends Route {
  /** the token's name in the store; it fails if the secret, which is part of it, cannot be read */
  readonly key: Effect.Effect<string, WechatTransportError>
  readonly parameter: Credential["parameter"]
  /** whether each request ends the previous token: then only one of the processes that share a store may ask */
  readonly isExclusive: boolean
  readonly request: (deadline: Deadline, rejected?: Redacted.Redacted<string>) => Effect.Effect<Token, Failure>
  /** Asks for a new token although WeChat still hands out the rejected one. */
  readonly force?: (deadline: Deadline) => Effect.Effect<Token, Failure>
}

/**
 * A token belongs to an app, a kind of token, a host and a secret: a program with the wrong secret must not get a token through the store, nor
 * send that of one host to another. The fingerprint has 32 bits, far too few to guess a secret from.
 */
export const keyOf = (
  app: string,
  kind: string,
  { url }: { readonly url: URL },
  secret: Redacted.Redacted<string>
): string => `${app}:${kind}:${url.host}:${(Hash.string(`${app} ${Redacted.value(secret)}`) >>> 0).toString(16)}`

/** Reads the token in the reply of an endpoint that hands them out. */
export const readToken =
  (client: Client, route: Route, field = "access_token") =>
  (reply: Reply): Effect.Effect<Token, Failure> => {
    if (reply.errcode !== 0) {
      return Effect.fail(new TokenRefused({ reply }))
    }
    const { [field]: value, expires_in: seconds }: Record<string, unknown> = Object(reply.body)
    return typeof value === "string" && /^[!-~]+$/.test(value) && typeof seconds === "number" && seconds > 0
      ? Effect.succeed({ value: Redacted.make(value), lifetime: seconds * 1000 })
      : Effect.fail(client.failure(route, "body", `the reply has no ${field} with an expires_in in seconds`))
  }
