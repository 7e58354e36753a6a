import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import type { Operation } from "../../Journal.js"
import type { Inbound, Visit } from "./endpoint.js"
import * as Json from "./json.js"
import * as Reply from "./reply.js"

/** The JSON object that was posted, or the errcode that says what is wrong with the request. */
const read = ({ body, method }: Inbound): Either.Either<Json.JsonObject, number> => {
  if (method !== "POST") {
    return Either.left(43002)
  }
  return body.length === 0 ? Either.left(44002) : Either.fromOption(Json.parseObject(Json.text(body)), () => 47001)
}

/** A request that is JSON, noted without its secrets. */
export const visit = (
  inbound: Inbound,
  operation: Operation,
  answer: (data: Json.JsonObject) => Reply.Answering
): Visit => {
  const data = Json.parseObject(Json.text(inbound.body))
  return {
    operation,
    body: Option.getOrUndefined(Option.map(data, Json.hideSecrets)),
    reply: Reply.httpsAnswering(Effect.flatMap(read(inbound), answer), inbound.rid),
    wrap: Reply.https
  }
}
