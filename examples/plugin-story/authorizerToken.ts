import type { World } from "@effect-wechat/emulator"
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import { Data, Effect, Redacted, Schema } from "effect"

/** Says no more: what the HTTP client fails with names the URL, and the URL a token. */
class NoAuthorizerToken extends Data.TaggedError("NoAuthorizerToken")<{}> {}

const Secret = Schema.Redacted(Schema.String)

const post = <A, I>(url: URL, body: object, reply: Schema.Schema<A, I>) =>
  Effect.gen(function* () {
    // a span of the HTTP client has the URL too
    const client = HttpClient.withTracerDisabledWhen(yield* HttpClient.HttpClient, () => true)
    const response = yield* client.execute(HttpClientRequest.bodyUnsafeJson(HttpClientRequest.post(url), body))
    return yield* HttpClientResponse.schemaBodyJson(reply)(response)
  }).pipe(Effect.mapError(() => new NoAuthorizerToken()))

/**
 * The token with which a third-party platform acts for a mini program that authorized it. A real one keeps it for two hours,
 * and stores what WeChat pushes to it: the ticket, and each mini program's refresh token.
 */
export const authorizerToken = (
  baseUrl: URL,
  { appSecret, appid, verifyTicket }: World.Platform,
  { appid: authorizer, refreshToken }: World.Authorization
) =>
  Effect.gen(function* () {
    const { component_access_token } = yield* post(
      new URL("/cgi-bin/component/api_component_token", baseUrl),
      {
        component_appid: appid,
        component_appsecret: Redacted.value(appSecret),
        component_verify_ticket: Redacted.value(verifyTicket)
      },
      Schema.Struct({ component_access_token: Secret })
    )
    const url = new URL("/cgi-bin/component/api_authorizer_token", baseUrl)
    url.searchParams.set("component_access_token", Redacted.value(component_access_token))
    const { authorizer_access_token } = yield* post(
      url,
      {
        component_appid: appid,
        authorizer_appid: authorizer,
        authorizer_refresh_token: Redacted.value(refreshToken)
      },
      Schema.Struct({ authorizer_access_token: Secret })
    )
    return authorizer_access_token
  }).pipe(Effect.provide(FetchHttpClient.layer))
