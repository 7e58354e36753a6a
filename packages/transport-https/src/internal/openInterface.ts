import * as Deadline from "@effect-wechat/plugin-manager/Deadline"
import { OpenServiceNotReady, type WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { Call, Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Client from "./client.js"
import { type Exchange, NoAnswer } from "./exchange.js"
import type { Options } from "./options.js"

const elsewhere =
  "the reply has no x-openapi-seqid, so it did not come through the open-interface service: run inside WeChat cloud run with that service on, or use another credential"
const notListed =
  "HTTP 502 from the open-interface service: list this path in the console of WeChat cloud run (云调用权限), then deploy a new version"

/** Takes only what the service has carried. */
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

export const make = Effect.fnUntraced(function* (options: Options) {
  const client = yield* Client.make(
    { ...options, baseUrl: options.baseUrl ?? new URL("http://api.weixin.qq.com") },
    proven
  )

  const call = (call: Call): Effect.Effect<Reply, WechatTransportError> =>
    Effect.suspend(() => {
      const { api, body, path } = call
      const deadline = client.startDeadline()
      let last: Reply | undefined
      const attempt: Effect.Effect<Reply, WechatTransportError> = Effect.flatMap(
        Effect.suspend(() => {
          // a call that is under way at the deadline may have been carried out: "not ready" would deny it
          last = undefined
          return client.send({ api, endpoint: "api", path, body, secrets: [] }, deadline)
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
        Deadline.within(deadline, attempt, () => client.late(call)),
        (error) => (last !== undefined && error.reason === "timeout" ? Effect.succeed(last) : Effect.fail(error))
      )
    })

  return { call, server: client.server }
})
