import * as Effect from "effect/Effect"
import type { Endpoint } from "../http/endpoint.js"
import * as Reply from "../http/reply.js"

/** Any other path. Its body is not noted, as nobody knows what is secret in it. */
export const endpoint: Endpoint = {
  door: "unknown",
  receive: ({ rid }) => ({
    reply: Effect.succeed(Reply.httpsAnswer(Reply.refusal(40066, rid))),
    wrap: Reply.https
  })
}
