import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Credential as SentCredential } from "../../Journal.js"
import * as State from "../domain/state.js"
import type { Endpoint } from "../http/endpoint.js"
import * as JsonPost from "../http/jsonPost.js"
import * as Credential from "../security/credential.js"
import * as Accounts from "../tokens/accounts.js"
import * as Token from "../tokens/token.js"

/** The appid of the component that a component token was issued to. */
const componentOf = (
  accounts: Accounts.Accounts,
  credential: SentCredential | undefined,
  now: number
): Effect.Effect<string, number> => {
  if (credential === undefined) {
    return Effect.fail(41001)
  }
  const found = Accounts.find(accounts, Redacted.value(credential.value))
  if (found === undefined) {
    return Effect.fail(40001)
  }
  if (found.token.kind !== "component") {
    return Effect.fail(61024)
  }
  const refusal = Token.refusal(found.token, now)
  return refusal === undefined ? Effect.succeed(found.appid) : Effect.fail(refusal)
}

/**
 * `POST /cgi-bin/component/api_authorizer_token`. WeChat's older page calls the query parameter `component_access_token`, the newer
 * one `access_token`.
 */
export const make = (state: State.State): Endpoint => ({
  name: "token",
  handle: (request) => {
    const { now, query } = request
    const credential = Credential.read(query, ["component_access_token", "access_token"])
    const handling = JsonPost.handle(request, "getAuthorizerAccessToken", "authorizer_appid", (data) =>
      Effect.gen(function* () {
        const world = yield* Ref.get(state.world)
        const component = yield* componentOf(yield* Ref.get(state.accounts), credential, now)
        if (data["component_appid"] !== component) {
          return yield* Effect.fail(61011)
        }
        const authorization = Credential.authorizationOf(world, component, String(data["authorizer_appid"]))
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
          Token.issue(tokens, "authorizer", now, component)
        )
        return {
          authorizer_access_token: token.value,
          expires_in: Token.secondsLeft(token, now),
          authorizer_refresh_token: Redacted.value(authorization.refreshToken)
        }
      })
    )
    return { ...handling, credential }
  }
})
