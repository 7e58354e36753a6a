import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Credential from "../security/credential.js"
import type { Endpoint, Inbound, Visit } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Operations from "../domain/operations.js"
import { perform } from "../domain/perform.js"
import * as Reply from "../http/reply.js"
import type { State } from "../domain/state.js"
import type { Caller } from "../domain/transition.js"

type CallerOrErrcode = Effect.Effect<Either.Either<Caller, number>>

/** Checks a request in the order that WeChat is thought to have, and carries it out. */
const answer = Effect.fnUntraced(function* (
  state: State,
  inbound: Inbound,
  path: Operations.Path,
  caller: CallerOrErrcode,
  data: Option.Option<Json.JsonObject>
) {
  if (inbound.method !== "POST") {
    return yield* Effect.fail(43002)
  }
  const who = yield* yield* caller
  if (inbound.body.length === 0) {
    return yield* Effect.fail(44002)
  }
  return yield* Option.isNone(data) ? Effect.fail(47001) : perform(state, who, path, data.value, inbound)
})

/** A call of the plugin API by whoever `caller` finds out to be calling. */
export const visit = (state: State, inbound: Inbound, path: Operations.Path, caller: CallerOrErrcode): Visit => {
  const rawBody = Json.text(inbound.body)
  const data = Json.parseObject(rawBody)
  const body = Option.getOrUndefined(data)
  return {
    operation: Operations.find(path, body)?.operation,
    action: body?.["action"],
    body,
    rawBody,
    reply: Reply.httpsAnswering(answer(state, inbound, path, caller, data), inbound.rid),
    wrap: Reply.https
  }
}

/** `POST /wxa/plugin` and `POST /wxa/devplugin` */
export const make = (state: State, path: Operations.Path): Endpoint => ({
  door: "plugin",
  receive: (inbound) => {
    const credential = Credential.read(inbound.query, ["access_token", "cloudbase_access_token"])
    return {
      ...visit(state, inbound, path, Credential.resolve(state, credential, inbound.now)),
      credential
    }
  }
})
