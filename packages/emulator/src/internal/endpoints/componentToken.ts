import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import { byAppid } from "../domain/miniPrograms.js"
import * as State from "../domain/state.js"
import type { Endpoint } from "../http/endpoint.js"
import * as JsonPost from "../http/jsonPost.js"
import * as Token from "../tokens/token.js"

/** `POST /cgi-bin/component/api_component_token` */
export const make = (state: State.State): Endpoint => ({
  name: "token",
  handle: (request) =>
    JsonPost.handle(request, "getComponentAccessToken", "component_appid", (data) =>
      Effect.gen(function* () {
        const { now } = request
        const { components } = yield* Ref.get(state.world)
        const component = byAppid(components).get(String(data["component_appid"]))
        if (component === undefined) {
          return yield* Effect.fail(61011)
        }
        const secret = data["component_appsecret"]
        if (secret === undefined || secret === "") {
          return yield* Effect.fail(41004)
        }
        if (secret !== Redacted.value(component.appSecret)) {
          return yield* Effect.fail(40125)
        }
        if (data["component_verify_ticket"] !== Redacted.value(component.verifyTicket)) {
          return yield* Effect.fail(61006)
        }
        const token = yield* State.modifyTokens(state, component.appid, (tokens) =>
          Token.issue(tokens, "component", now)
        )
        return { component_access_token: token.value, expires_in: Token.secondsLeft(token, now) }
      })
    )
})
