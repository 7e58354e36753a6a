import * as Effect from "effect/Effect"
import type { Endpoint } from "../http/endpoint.js"
import * as Reply from "../http/reply.js"

/** Every other path. Its body is not recorded, because nothing is known about the secrets in it. */
export const endpoint: Endpoint = {
  name: "unknown",
  handle: ({ rid }) => ({
    reply: Effect.succeed(Reply.httpsAnswer(Reply.refusal(40066, rid))),
    wrap: Reply.https
  })
}
