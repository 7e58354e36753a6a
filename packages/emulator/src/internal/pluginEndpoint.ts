import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Credential } from "../Journal.js"
import * as actions from "./actions.js"
import type { Endpoint, Inbound } from "./endpoint.js"
import * as Json from "./json.js"
import * as Reply from "./reply.js"
import type { State } from "./state.js"
import * as Token from "./token.js"

const parameters = ["access_token", "cloudbase_access_token"] as const

const credentialOf = (query: URLSearchParams): Credential | undefined =>
  parameters.flatMap((parameter) => {
    const value = query.get(parameter)
    return value === null || value === "" ? [] : [{ parameter, value: Redacted.make(value) }]
  })[0]

const checkCredential = (state: State, credential: Credential, now: number): Effect.Effect<number | undefined> => {
  const value = Redacted.value(credential.value)
  return credential.parameter === "access_token"
    ? Effect.map(Ref.get(state.tokens), (tokens) => Token.refused(tokens, value, now))
    : Effect.succeed(value === Redacted.value(state.config.cloudbaseToken) ? undefined : 40001)
}

const answer: (
  state: State,
  inbound: Inbound,
  credential: Credential | undefined,
  data: Option.Option<Json.JsonObject>
) => Effect.Effect<Reply.Answer> = Effect.fnUntraced(function* (state, inbound, credential, data) {
  const refuse = (errcode: number) => Reply.refusal(errcode, inbound.rid)
  if (inbound.method !== "POST") {
    return refuse(43002)
  }
  if (credential === undefined) {
    return refuse(41001)
  }
  const refused = yield* checkCredential(state, credential, inbound.now)
  if (refused !== undefined) {
    return refuse(refused)
  }
  if (inbound.body.length === 0) {
    return refuse(44002)
  }
  return yield* Option.isNone(data) ? Effect.succeed(refuse(47001)) : actions.plugin(state)(data.value, inbound)
})

/** `POST /wxa/plugin` */
export const make = (state: State): Endpoint => ({
  door: "plugin",
  receive: (inbound) => {
    const rawBody = Json.text(inbound.body)
    const data = Json.parseObject(rawBody)
    const credential = credentialOf(inbound.query)
    return {
      credential,
      ...(Option.isSome(data) ? { body: data.value } : {}),
      rawBody,
      reply: Effect.map(answer(state, inbound, credential, data), Reply.httpsAnswer),
      wrap: Reply.https
    }
  }
})
