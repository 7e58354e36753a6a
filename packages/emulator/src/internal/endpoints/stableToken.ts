import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as State from "../domain/state.js"
import type { Endpoint } from "../http/endpoint.js"
import * as JsonPost from "../http/jsonPost.js"
import * as App from "../security/app.js"
import * as Accounts from "../tokens/accounts.js"
import * as Token from "../tokens/token.js"

const stableToken = Effect.fnUntraced(function* (state: State.State, appid: string, isForced: boolean, now: number) {
  const accounts = yield* Ref.get(state.accounts)
  const isTooSoon = Option.exists(Accounts.get(accounts, appid), (tokens) => Token.isForcedTooSoon(tokens, now))
  if (!isForced || isTooSoon) {
    return yield* State.modifyTokens(state, appid, (tokens) => Token.normal(tokens, now))
  }
  yield* State.spend(state, appid, "forceRefresh", now)
  return yield* State.modifyTokens(state, appid, (tokens) => Token.forced(tokens, now))
})

/** `POST /cgi-bin/stable_token` */
export const make = (state: State.State): Endpoint => ({
  name: "token",
  handle: (request) =>
    JsonPost.handle(request, "getStableAccessToken", "appid", (data) =>
      Effect.gen(function* () {
        const { now } = request
        const { appid } = yield* App.authenticate(yield* Ref.get(state.world), data)
        yield* State.spend(state, appid, "getStableAccessToken", now)
        const token = yield* stableToken(state, appid, data["force_refresh"] === true, now)
        return { access_token: token.value, expires_in: Token.secondsLeft(token, now) }
      })
    )
})
