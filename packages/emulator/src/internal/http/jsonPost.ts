import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type { Operation } from "../../Journal.js"
import type { Handling, Request } from "./endpoint.js"
import * as Json from "./json.js"
import * as Reply from "./reply.js"

/** The posted JSON object, or the errcode that refuses the request. */
const check = (
  { body, method }: Request,
  data: Option.Option<Json.JsonObject>
): Either.Either<Json.JsonObject, number> => {
  if (method !== "POST") {
    return Either.left(43002)
  }
  return body.length === 0 ? Either.left(44002) : Either.fromOption(data, () => 47001)
}

/** Handles a request that posts JSON, and names an appid in one of its fields. The journal records the body without its secrets. */
export const handle = (
  request: Request,
  operation: Operation,
  appidField: string,
  answer: (data: Json.JsonObject) => Reply.Answering
): Handling => {
  const data = Json.parseObject(Json.text(request.body))
  return {
    operation,
    appid: Effect.succeed(
      Option.getOrUndefined(
        Option.filter(
          Option.map(data, (fields) => fields[appidField]),
          Predicate.isString
        )
      )
    ),
    body: Option.getOrUndefined(Option.map(data, Json.hideSecrets)),
    reply: Reply.httpsAnswering(Effect.flatMap(check(request, data), answer), request.rid),
    wrap: Reply.https
  }
}
