import { AccessToken } from "@effect-wechat/transport-https"
import { HttpRouter, HttpServer, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Redacted, Schema } from "effect"

/** What a program asks with: its mini program, and the token that WeChat rejected, if any. */
const Question = Schema.Struct({
  appid: Schema.String,
  rejected: Schema.optional(Schema.Redacted(Schema.String))
})

/**
 * The token goes on for minutes after the service has another: whoever asks again within two has always one that WeChat takes.
 */
const expires_in = 120

const answer = (appId: string) =>
  Effect.gen(function* () {
    const { appid, rejected } = yield* HttpServerRequest.schemaBodyJson(Question)
    if (appid !== appId) {
      return HttpServerResponse.unsafeJson({ errcode: 40013, errmsg: "invalid appid" })
    }
    const accessToken = yield* AccessToken.AccessToken
    if (rejected !== undefined) {
      // does nothing when another program told it before
      yield* accessToken.invalidate({ parameter: "access_token", value: rejected })
    }
    const { value } = yield* accessToken.get
    return HttpServerResponse.unsafeJson({ access_token: Redacted.value(value), expires_in })
  }).pipe(
    // WeChat's refusal is the program's to read: the same errcode, the same remedy
    Effect.catchTag("TokenRefused", ({ reply: { errcode, errmsg } }) =>
      Effect.succeed(HttpServerResponse.unsafeJson({ errcode, errmsg }))
    ),
    Effect.catchTags({
      WechatTransportError: () => HttpServerResponse.empty({ status: 502 }),
      ParseError: () => HttpServerResponse.empty({ status: 400 }),
      RequestError: () => HttpServerResponse.empty({ status: 400 })
    })
  )

/** The one program that has the app secret: it hands out the token to those who know `authorization`. */
export const service = (appId: string, authorization: Redacted.Redacted<string>) =>
  HttpRouter.empty.pipe(
    HttpRouter.post(
      "/token",
      Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) =>
        headers["authorization"] === Redacted.value(authorization)
          ? answer(appId)
          : HttpServerResponse.empty({ status: 401 })
      )
    ),
    HttpServer.serve()
  )
