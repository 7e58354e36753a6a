import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Endpoint, Inbound } from "./endpoint.js"
import * as Json from "./json.js"
import * as Reply from "./reply.js"
import type { State } from "./state.js"
import * as Token from "./token.js"

const isMissing = (value: unknown): boolean => value === undefined || value === ""

const checkRequest = (
  { config }: State,
  { body, method }: Inbound,
  data: Option.Option<Json.JsonObject>
): number | undefined => {
  if (method !== "POST") {
    return 43002
  }
  if (body.length === 0) {
    return 44002
  }
  if (Option.isNone(data)) {
    return 47001
  }
  const { appid, grant_type, secret } = data.value
  if (grant_type !== "client_credential") {
    return 40002
  }
  if (isMissing(appid)) {
    return 41002
  }
  if (appid !== config.appId) {
    return 40013
  }
  if (isMissing(secret)) {
    return 41004
  }
  return secret === Redacted.value(config.appSecret) ? undefined : 40125
}

const issue = (state: State, { now, rid }: Inbound, force: boolean): Effect.Effect<Reply.Answer> =>
  Effect.map(
    Ref.modify(state.tokens, (tokens): readonly [Token.Token | undefined, Token.Tokens] =>
      force ? Token.forced(tokens, now) : Token.normal(tokens, now)
    ),
    (token): Reply.Answer =>
      token === undefined
        ? Reply.refusal(45009, rid)
        : { access_token: token.value, expires_in: Math.floor((token.expiresAt - now) / 1000) }
  )

/** `POST /cgi-bin/stable_token` */
export const make = (state: State): Endpoint => ({
  door: "token",
  receive: (inbound) => {
    const data = Json.parseObject(Json.text(inbound.body))
    const errcode = checkRequest(state, inbound, data)
    const force = Option.exists(data, ({ force_refresh }) => force_refresh === true)
    return {
      ...(Option.isSome(data) ? { body: Json.hideSecrets(data.value) } : {}),
      reply: Effect.map(
        errcode === undefined ? issue(state, inbound, force) : Effect.succeed(Reply.refusal(errcode, inbound.rid)),
        Reply.httpsAnswer
      ),
      wrap: Reply.https
    }
  }
})
