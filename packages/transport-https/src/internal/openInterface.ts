import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { OpenServiceNotReady, type WechatTransportError } from "@effect-wechat/plugin-manager/TransportErrors"
import type { Reply, Transport } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { Client } from "./http/client.js"
import { type Exchange, NoAnswer } from "./http/exchange.js"
import { attributesOf } from "./transport.js"

const elsewhere =
  "the reply has no x-openapi-seqid, so it did not come through the open-interface service: run inside WeChat cloud run with that service on, or use another credential"
const notListed =
  "HTTP 502 from the open-interface service: list this path in the console of WeChat cloud run (云调用权限), then deploy a new version"

/** Accepts only replies that came through the service. */
const proven =
  (exchange: Exchange): Exchange =>
  (url, body, caller, onEnd, headers) =>
    exchange(
      url,
      body,
      caller,
      (outcome) => {
        if (outcome instanceof NoAnswer || outcome.header("x-openapi-seqid") !== undefined) {
          onEnd(outcome)
        } else {
          onEnd(new NoAnswer("credential", outcome.status === 502 ? notListed : elsewhere))
        }
      },
      headers
    )

const notReady: number = OpenServiceNotReady.codes[0]

/** WeChat through the open-interface service, without a token. */
export const makeOpenInterface = (unproven: Client): Transport.Service => {
  const client = unproven.around(proven)
  return {
    call: ({ api, body, path }) =>
      Effect.suspend(() => {
        const request = { api, endpoint: "api", path, body } as const
        const deadline = client.startDeadline()
        let last: Reply | undefined
        const attempt: Effect.Effect<Reply, WechatTransportError> = Effect.flatMap(
          Effect.suspend(() => {
            // at the deadline, "not ready" must not be reported of a call that may have been carried out
            last = undefined
            return client.send(request, deadline)
          }),
          (reply) => {
            if (reply.errcode !== notReady) {
              return Effect.succeed(reply)
            }
            last = reply
            return Effect.flatMap(Random.nextRange(250, 750), (millis) => Effect.delay(attempt, millis))
          }
        )
        return Effect.catchAll(
          Deadline.within(deadline, attempt, () => client.late(request)),
          (error) => (last !== undefined && error.reason === "timeout" ? Effect.succeed(last) : Effect.fail(error))
        )
      }),
    attributes: attributesOf(client.settings.url)
  }
}
