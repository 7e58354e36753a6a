import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as State from "../domain/state.js"
import type { Endpoint, Request } from "../http/endpoint.js"
import * as Reply from "../http/reply.js"
import * as App from "../security/app.js"
import * as Token from "../tokens/token.js"

const answer = Effect.fnUntraced(function* (state: State.State, { method, now, query }: Request) {
  if (method !== "GET") {
    return yield* Effect.fail(43001)
  }
  const { appid } = yield* App.authenticate(yield* Ref.get(state.world), Object.fromEntries(query))
  yield* State.spend(state, appid, "getAccessToken", now)
  const token = yield* State.modifyTokens(state, appid, (tokens) => Token.plain(tokens, now))
  return { access_token: token.value, expires_in: Token.secondsLeft(token, now) }
})

/** `GET /cgi-bin/token` */
export const make = (state: State.State): Endpoint => ({
  name: "token",
  handle: (request) => ({
    operation: "getAccessToken",
    appid: Effect.succeed(request.query.get("appid") ?? undefined),
    reply: Reply.httpsAnswering(answer(state, request), request.rid),
    wrap: Reply.https
  })
})
