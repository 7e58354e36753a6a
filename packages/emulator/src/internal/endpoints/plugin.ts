import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Operations from "../domain/operations.js"
import { perform } from "../domain/perform.js"
import type { State } from "../domain/state.js"
import type { Caller } from "../domain/transition.js"
import type { Endpoint, Handling, Request } from "../http/endpoint.js"
import * as Json from "../http/json.js"
import * as Reply from "../http/reply.js"
import * as Credential from "../security/credential.js"

/** The caller, or the errcode that refuses it. */
type Resolved = Effect.Effect<Either.Either<Caller, number>>

/** Checks a request in the order that WeChat is assumed to use, then performs it. */
const answer = Effect.fnUntraced(function* (
  state: State,
  request: Request,
  path: Operations.Path,
  resolved: Resolved,
  data: Option.Option<Json.JsonObject>
) {
  if (request.method !== "POST") {
    return yield* Effect.fail(43002)
  }
  const caller = yield* yield* resolved
  if (request.body.length === 0) {
    return yield* Effect.fail(44002)
  }
  return yield* Option.isNone(data)
    ? Effect.fail(Operations.rules[path].malformed)
    : perform(state, caller, path, data.value, request.now)
})

/** Handles a call of the plugin API by that caller. */
export const handle = (state: State, request: Request, path: Operations.Path, resolved: Resolved): Handling => {
  const rawBody = Json.text(request.body)
  const data = Json.parseObject(rawBody)
  const body = Option.getOrUndefined(data)
  return {
    operation: Operations.rules[path].find(body)?.operation,
    action: body?.["action"],
    body,
    rawBody,
    reply: Reply.httpsAnswering(answer(state, request, path, resolved, data), request.rid),
    wrap: Reply.https
  }
}

/** `POST /wxa/plugin`, `POST /wxa/devplugin` and `POST /wxa/getpluginopenpid` */
export const make = (state: State, path: Operations.Path): Endpoint => ({
  name: "plugin",
  handle: (request) => {
    const credential = Credential.read(request.query, ["access_token", "cloudbase_access_token"])
    return {
      ...handle(state, request, path, Credential.resolve(state, credential, request.now)),
      credential,
      appid: Credential.accountOf(state, credential, request.now)
    }
  }
})
