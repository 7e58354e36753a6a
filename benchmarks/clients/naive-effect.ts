import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "@effect/platform"
import { Effect, Schema } from "effect"
import { appId, appSecret, type Make } from "./client.js"
import { fibers } from "./fibers.js"

const Token = Schema.Struct({ access_token: Schema.String, expires_in: Schema.Number })

class Plugin extends Schema.Class<Plugin>("Plugin")({
  appid: Schema.String,
  status: Schema.Literal(1, 2, 3, 4),
  nickname: Schema.String,
  headimgurl: Schema.String
}) {}

const List = Schema.Struct({
  errcode: Schema.optionalWith(Schema.Number, { default: () => 0 }),
  errmsg: Schema.optionalWith(Schema.String, { default: () => "" }),
  plugin_list: Schema.optionalWith(Schema.Array(Plugin), { default: () => [] })
})

/** What somebody writes in an hour: forty lines of good Effect, without handling of errors, limits and secrets. */
export const make: Make = (target) => {
  const app = { grant_type: "client_credential", appid: appId, secret: appSecret }
  const token = HttpClientRequest.post(`${target.origin}/cgi-bin/stable_token`).pipe(
    HttpClientRequest.bodyJson(app),
    Effect.flatMap(HttpClient.execute),
    Effect.flatMap(HttpClientResponse.schemaBodyJson(Token)),
    Effect.provide(FetchHttpClient.layer),
    Effect.cachedWithTTL("110 minutes"),
    Effect.runSync
  )
  const list = Effect.gen(function* () {
    const { access_token } = yield* token
    const reply = yield* HttpClientRequest.post(`${target.origin}/wxa/plugin`).pipe(
      HttpClientRequest.setUrlParam("access_token", access_token),
      HttpClientRequest.bodyJson({ action: "list" }),
      Effect.flatMap(HttpClient.execute),
      Effect.flatMap(HttpClientResponse.schemaBodyJson(List)),
      Effect.timeout("10 seconds")
    )
    return reply.errcode === 0 ? reply.plugin_list : yield* Effect.fail(reply)
  })
  return fibers(target, FetchHttpClient.layer, list)
}
