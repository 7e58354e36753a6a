import { type Endpoint, WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Transport from "@effect-wechat/plugin-manager/Transport"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { constTrue } from "effect/Function"
import * as Redacted from "effect/Redacted"
import { describeCause } from "./describeCause.js"
import { defaults, type Options } from "./options.js"
import { parseJson } from "./parseJson.js"
import { readBody } from "./readBody.js"

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

/** The one place where a secret leaves `Redacted`: the request. Should a reply echo it, it is taken out before anyone looks. */
const withoutSecrets = (text: string, secrets: Request["secrets"]) =>
  secrets.reduce((clean, secret) => {
    const value = Redacted.value(secret)
    return value.length > 0 && clean.includes(value) ? clean.replaceAll(value, "<redacted>") : clean
  }, text)

/** Posts JSON to WeChat and reads its reply by its body, not by its status or content-type: WeChat minds neither. */
export const make = Effect.fnUntraced(function* (options: Options) {
  // The stock span carries the URL with its query, hence the token; the operation's own span says what is safe to say.
  const httpClient = HttpClient.withTracerDisabledWhen(yield* HttpClient.HttpClient, constTrue)
  const baseUrl = options.baseUrl ?? new URL(defaults.baseUrl)
  const prefix = baseUrl.origin + baseUrl.pathname.replace(/\/+$/, "")
  const maxBodySize = options.maxBodySize ?? defaults.maxBodySize

  const post = Effect.fnUntraced(function* ({ api, body, credential, endpoint, path, secrets }: Request) {
    const fail = (reason: WechatTransportError["reason"], description: string) =>
      Effect.fail(
        new WechatTransportError({
          api,
          reason,
          description: `POST ${prefix}${path}: ${description}`,
          isRetryable: WechatTransportError.isTransient(reason)
        })
      )
    const request = HttpClientRequest.post(prefix + path).pipe(
      credential === undefined
        ? (self) => self
        : HttpClientRequest.setUrlParam(credential.parameter, Redacted.value(credential.value)),
      HttpClientRequest.bodyText(JSON.stringify(body), "application/json")
    )
    const response = yield* Effect.catchAll(httpClient.execute(request), (error) =>
      fail("connection", `no reply${describeCause(error)}`)
    )
    const text = yield* Effect.catchAll(readBody(response, maxBodySize), (error) =>
      error === "too large"
        ? fail("size", `the reply has more than ${maxBodySize} bytes`)
        : fail("connection", `the connection broke during the reply${describeCause(error)}`)
    )
    const from = describeResponse(response, text)
    // 0 is a redirect that a browser's fetch hides
    if (response.status === 0 || (response.status >= 300 && response.status < 400)) {
      return yield* fail("redirect", from)
    }
    const json = parseJson(withoutSecrets(text, secrets))
    if (Either.isLeft(json)) {
      return yield* fail(isOk(response) ? "body" : "status", from)
    }
    const reply = Transport.reply(json.right, endpoint)
    return reply.errcode !== 0 || isOk(response) ? reply : yield* fail("status", from)
  })

  return { post, server: baseUrl.host }
})

const isOk = ({ status }: HttpClientResponse.HttpClientResponse) => status >= 200 && status < 300

const describeResponse = ({ headers, status }: HttpClientResponse.HttpClientResponse, text: string) => {
  const contentType = headers["content-type"]?.replace(/[^\x20-\x7e]/g, "").slice(0, 100) ?? "none"
  return `HTTP ${status}, content-type ${contentType}, ${text === "" ? "an empty body" : "no JSON of WeChat's"}`
}
