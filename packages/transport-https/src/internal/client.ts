import { type Endpoint, WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { constTrue } from "effect/Function"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { describeCause } from "./describeCause.js"
import { defaults, type Options } from "./options.js"
import { parseJson } from "./parseJson.js"
import { BodyTooLarge, readBody } from "./readBody.js"
import { redactJson } from "./redactJson.js"

export interface Request {
  readonly api: string
  readonly endpoint: Endpoint
  readonly path: string
  /** the query parameter that carries the credential */
  readonly credential?: { readonly parameter: string; readonly value: Redacted.Redacted<string> }
  readonly body: object
  /** what must not come back out of a reply */
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
}

/** Posts JSON to WeChat and reads its reply by its body, not by its status or content-type: WeChat minds neither. */
export const make = Effect.fnUntraced(function* (options: Options) {
  const baseUrl = options.baseUrl ?? new URL(defaults.baseUrl)
  const prefix = baseUrl.origin + baseUrl.pathname.replace(/\/+$/, "")
  const maxBodySize = options.maxBodySize ?? defaults.maxBodySize
  const httpClient = (yield* HttpClient.HttpClient).pipe(
    // The stock span carries the URL with its query, hence the token; the operation's own span says what is safe to say.
    HttpClient.withTracerDisabledWhen(constTrue),
    HttpClient.transformResponse(HttpIncomingMessage.withMaxBodySize(Option.some(maxBodySize)))
  )

  const post = Effect.fnUntraced(function* ({ api, body, credential, endpoint, path, secrets }: Request) {
    const fail = (
      reason: WechatTransportError["reason"],
      description: string,
      isRetryable = WechatTransportError.isTransient(reason)
    ) =>
      Effect.fail(
        new WechatTransportError({ api, reason, description: `POST ${prefix}${path}: ${description}`, isRetryable })
      )
    const broken = (error: HttpClientError.HttpClientError | BodyTooLarge) =>
      error instanceof BodyTooLarge || error.cause instanceof BodyTooLarge
        ? fail("size", `the reply has more than ${maxBodySize} bytes`)
        : fail(
            "connection",
            `${error._tag === "RequestError" ? "no reply" : "the connection broke during the reply"}${describeCause(error)}`
          )
    if (!isHttp.test(prefix)) {
      return yield* fail("connection", `baseUrl must begin with https: or http:, not ${baseUrl.protocol}`, false)
    }
    const request = HttpClientRequest.post(prefix + path).pipe(
      credential === undefined
        ? (self) => self
        : HttpClientRequest.setUrlParam(credential.parameter, Redacted.value(credential.value)),
      HttpClientRequest.bodyText(JSON.stringify(body), "application/json")
    )
    const response = yield* Effect.catchAll(httpClient.execute(request), (error) =>
      // a client that was told to fail on a status, such as `HttpClient.filterStatusOk`: the reply is there all the same
      error._tag === "ResponseError" && error.reason === "StatusCode" ? Effect.succeed(error.response) : broken(error)
    )
    const text = yield* Effect.catchAll(readBody(response, maxBodySize), broken)
    const redact = Redaction.make(secrets.map(Redacted.value))
    const from = () => redact(describeResponse(response, text))
    // 0 is a redirect that a browser's fetch hides
    if (response.status === 0 || (response.status >= 300 && response.status < 400)) {
      return yield* fail("redirect", from())
    }
    const json = parseJson(text)
    const reply = Either.map(json, (body) => Transport.reply(redactJson(body, text, secrets), endpoint))
    if (!isOk(response) && (Either.isLeft(reply) || reply.right.errcode === 0)) {
      return yield* fail("status", from(), passesBySelf(response))
    }
    return Either.isLeft(reply) ? yield* fail("body", from()) : reply.right
  })

  return { post, server: baseUrl }
})

const isHttp = /^https?:/

const isOk = ({ status }: HttpClientResponse.HttpClientResponse) => status >= 200 && status < 300

/** A proxy's "later", not its "never". */
const passesBySelf = ({ status }: HttpClientResponse.HttpClientResponse) =>
  status >= 500 || status === 408 || status === 425 || status === 429

const describeResponse = ({ headers, status }: HttpClientResponse.HttpClientResponse, text: string) => {
  const contentType = headers["content-type"]?.replace(/[^\x20-\x7e]/g, "").slice(0, 100) ?? "none"
  return `HTTP ${status}, content-type ${contentType}, ${text === "" ? "an empty body" : "no JSON of WeChat's"}`
}
