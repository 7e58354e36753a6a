import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import type { Credential as SentCredential, Operation } from "../../../Journal.js"
import type { Component } from "../../../World.js"
import { byAppid } from "../../domain/miniPrograms.js"
import type * as State from "../../domain/state.js"
import type { Handling, Request } from "../../http/endpoint.js"
import type { JsonObject } from "../../http/json.js"
import * as JsonPost from "../../http/jsonPost.js"
import type { Answering } from "../../http/reply.js"
import * as Credential from "../../security/credential.js"
import * as Accounts from "../../tokens/accounts.js"
import * as Token from "../../tokens/token.js"

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
 * Handles a request of a component with its own token. WeChat's older pages call the query parameter `component_access_token`, the newer ones
 * `access_token`.
 */
export const handle = (
  state: State.State,
  request: Request,
  operation: Operation,
  appidField: "authorizer_appid" | "component_appid",
  answer: (data: JsonObject, component: Component) => Answering
): Handling => {
  const credential = Credential.read(request.query, ["component_access_token", "access_token"])
  const handling = JsonPost.handle(request, operation, appidField, (data) =>
    Effect.gen(function* () {
      const appid = yield* componentOf(yield* Ref.get(state.accounts), credential, request.now)
      const component = byAppid((yield* Ref.get(state.world)).components).get(appid)
      if (component === undefined || data["component_appid"] !== appid) {
        return yield* Effect.fail(61011)
      }
      return yield* answer(data, component)
    })
  )
  return { ...handling, credential }
}
