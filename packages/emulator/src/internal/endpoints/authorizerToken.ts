import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { byAppid } from "../domain/miniPrograms.js"
import * as State from "../domain/state.js"
import type { Endpoint } from "../http/endpoint.js"
import * as Token from "../tokens/token.js"
import * as Platform from "./platform/request.js"

/** `POST /cgi-bin/component/api_authorizer_token` */
export const make = (state: State.State): Endpoint => ({
  name: "token",
  handle: (request) =>
    Platform.handle(state, request, "getAuthorizerAccessToken", "authorizer_appid", (data, component) =>
      Effect.gen(function* () {
        const { now } = request
        const authorization = byAppid(component.authorizations).get(String(data["authorizer_appid"]))
        if (authorization === undefined) {
          return yield* Effect.fail(61003)
        }
        if (authorization.isBroken) {
          return yield* Effect.fail(42007)
        }
        if (data["authorizer_refresh_token"] !== Redacted.value(authorization.refreshToken)) {
          return yield* Effect.fail(61023)
        }
        const token = yield* State.modifyTokens(state, authorization.appid, (tokens) =>
          Token.issue(tokens, "authorizer", now, component.appid)
        )
        return {
          authorizer_access_token: token.value,
          expires_in: Token.secondsLeft(token, now),
          authorizer_refresh_token: Redacted.value(authorization.refreshToken)
        }
      })
    )
})
