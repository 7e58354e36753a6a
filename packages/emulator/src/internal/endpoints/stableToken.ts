import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Operation } from "../../Journal.js"
import * as App from "../security/app.js"
import type { Endpoint, Inbound, Visit } from "../http/endpoint.js"
import * as JsonPost from "../http/jsonPost.js"
import * as Reply from "../http/reply.js"
import * as State from "../domain/state.js"
import * as Token from "../tokens/token.js"

const tokenAnswer = ({ expiresAt, value }: Token.Token, now: number): Reply.Answer => ({
  access_token: value,
  expires_in: Math.floor((expiresAt - now) / 1000)
})

const issue = (
  state: State.State,
  operation: Operation,
  claim: App.Claim,
  now: number,
  change: (appid: string) => Effect.Effect<Token.Token, number>
): Reply.Answering =>
  Effect.gen(function* () {
    const { appid } = yield* App.authenticate(yield* Ref.get(state.world), claim)
    yield* State.spend(state, appid, operation, now)
    return tokenAnswer(yield* change(appid), now)
  })

const stable = (state: State.State, appid: string, isForced: boolean, now: number) =>
  Effect.gen(function* () {
    const accounts = yield* Ref.get(state.accounts)
    const tokens = accounts.get(appid)
    if (!isForced || (tokens !== undefined && Token.isForcedTooSoon(tokens, now))) {
      return yield* State.modifyTokens(state, appid, (tokens) => Token.normal(tokens, now))
    }
    yield* State.spend(state, appid, "forceRefresh", now)
    return yield* State.modifyTokens(state, appid, (tokens) => Token.forced(tokens, now))
  })

/** `POST /cgi-bin/stable_token` */
export const makeStable = (state: State.State): Endpoint => ({
  door: "token",
  receive: (inbound) =>
    JsonPost.visit(inbound, "getStableAccessToken", (data) =>
      issue(state, "getStableAccessToken", data, inbound.now, (appid) =>
        stable(state, appid, data["force_refresh"] === true, inbound.now)
      )
    )
})

const plain = (state: State.State, { method, now, query }: Inbound): Reply.Answering =>
  method === "GET"
    ? issue(state, "getAccessToken", Object.fromEntries(query), now, (appid) =>
        State.modifyTokens(state, appid, (tokens) => Token.plain(tokens, now))
      )
    : Effect.fail(43001)

/** `GET /cgi-bin/token` */
export const makePlain = (state: State.State): Endpoint => ({
  door: "token",
  receive: (inbound): Visit => ({
    operation: "getAccessToken",
    reply: Reply.httpsAnswering(plain(state, inbound), inbound.rid),
    wrap: Reply.https
  })
})
