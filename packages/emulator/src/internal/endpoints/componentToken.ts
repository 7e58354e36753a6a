import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Platform, World } from "../../World.js"
import * as Accounts from "../tokens/accounts.js"
import * as Credential from "../security/credential.js"
import type { Endpoint } from "../http/endpoint.js"
import * as JsonPost from "../http/jsonPost.js"
import * as State from "../domain/state.js"
import * as Token from "../tokens/token.js"

const platformOf = ({ platforms }: World, appid: unknown): Effect.Effect<Platform, number> =>
  Effect.fromNullable(platforms.find((platform) => platform.appid === appid)).pipe(Effect.mapError(() => 61011))

const isSecret = (value: unknown, secret: Redacted.Redacted<string>): boolean => value === Redacted.value(secret)

/** `POST /cgi-bin/component/api_component_token` */
export const makeToken = (state: State.State): Endpoint => ({
  door: "token",
  receive: (inbound) =>
    JsonPost.visit(inbound, "getComponentAccessToken", (data) =>
      Effect.gen(function* () {
        const { now } = inbound
        const platform = yield* platformOf(yield* Ref.get(state.world), data["component_appid"])
        if (data["component_appsecret"] === undefined || data["component_appsecret"] === "") {
          return yield* Effect.fail(41004)
        }
        if (!isSecret(data["component_appsecret"], platform.appSecret)) {
          return yield* Effect.fail(40125)
        }
        if (!isSecret(data["component_verify_ticket"], platform.verifyTicket)) {
          return yield* Effect.fail(61006)
        }
        const token = yield* State.modifyTokens(state, platform.appid, (tokens) => Token.mint(tokens, "component", now))
        return { component_access_token: token.value, expires_in: Math.floor((token.expiresAt - now) / 1000) }
      })
    )
})

/** The platform that a component token was given to. */
const bearer = (
  accounts: Accounts.Accounts,
  credential: ReturnType<typeof Credential.read>,
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

/** `POST /cgi-bin/component/api_authorizer_token`; the newer page has `access_token` where the older one has `component_access_token`. */
export const makeAuthorizer = (state: State.State): Endpoint => ({
  door: "token",
  receive: (inbound) => {
    const { now, query } = inbound
    const credential = Credential.read(query, ["component_access_token", "access_token"])
    const visit = JsonPost.visit(inbound, "getAuthorizerAccessToken", (data) =>
      Effect.gen(function* () {
        const world = yield* Ref.get(state.world)
        const platform = yield* bearer(yield* Ref.get(state.accounts), credential, now)
        if (data["component_appid"] !== platform) {
          return yield* Effect.fail(61011)
        }
        const authorization = Credential.authorizationOf(world, platform, String(data["authorizer_appid"]))
        if (authorization === undefined) {
          return yield* Effect.fail(61003)
        }
        if (authorization.isBroken) {
          return yield* Effect.fail(42007)
        }
        if (!isSecret(data["authorizer_refresh_token"], authorization.refreshToken)) {
          return yield* Effect.fail(61023)
        }
        const token = yield* State.modifyTokens(state, authorization.appid, (tokens) =>
          Token.mint(tokens, "authorizer", now, platform)
        )
        return {
          authorizer_access_token: token.value,
          expires_in: Math.floor((token.expiresAt - now) / 1000),
          authorizer_refresh_token: Redacted.value(authorization.refreshToken)
        }
      })
    )
    return { ...visit, credential }
  }
})
