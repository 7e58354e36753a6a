import { AccessToken } from "@effect-wechat/transport-https"
import { HttpRouter, HttpServer, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Redacted, Schema } from "effect"

/** The request of a program: its mini program, and the token that WeChat has just rejected, if any. */
const Question = Schema.Struct({
  appid: Schema.String,
  rejected: Schema.optional(Schema.Redacted(Schema.String))
})

/**
 * In seconds. A token stays valid for some minutes after the service has the next one, so a program that asks again every two minutes always
 * has a valid token.
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
      // does nothing if another program has already reported this token
      yield* accessToken.invalidate({ parameter: "access_token", value: rejected })
    }
    const { value } = yield* accessToken.get
    return HttpServerResponse.unsafeJson({ access_token: Redacted.value(value), expires_in })
  }).pipe(
    // pass WeChat's errcode on, so that the program fails with the error of that errcode
    Effect.catchTag("TokenRefused", ({ reply: { errcode, errmsg } }) =>
      Effect.succeed(HttpServerResponse.unsafeJson({ errcode, errmsg }))
    ),
    Effect.catchTags({
      WechatTransportError: () => HttpServerResponse.empty({ status: 502 }),
      ParseError: () => HttpServerResponse.empty({ status: 400 }),
      RequestError: () => HttpServerResponse.empty({ status: 400 })
    })
  )

/** Hands out the token to every request that carries `authorization`. */
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
