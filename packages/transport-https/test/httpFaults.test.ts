import { Emulator, Fault } from "@effect-wechat/emulator"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { FetchHttpClient, HttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Layer, Redacted } from "effect"
import { inspect } from "node:util"
import { gzipSync } from "node:zlib"
import { isBun, list } from "./support.js"

const followRedirects = Layer.effect(
  HttpClient.HttpClient,
  Effect.map(HttpClient.HttpClient, HttpClient.followRedirects())
).pipe(Layer.provide(NodeHttpClient.layer))

const clients: ReadonlyArray<readonly [string, Layer.Layer<HttpClient.HttpClient>]> = [
  ["the stock fetch client", FetchHttpClient.layer],
  ["our fetch client", HttpsTransport.layerFetchClient],
  ["platform-node's node:http", NodeHttpClient.layer],
  ["our node:https client", NodeTransport.layerNodeClient()],
  ...(isBun
    ? []
    : ([
        ["platform-node's undici", NodeHttpClient.layerUndici],
        ["our undici client", UndiciHttpClient.layer()]
      ] as const))
]

const token = "a-token-of-WeChat_0123456789"

const over = (client: Layer.Layer<HttpClient.HttpClient>, baseUrl: string) =>
  HttpsTransport.layerAccessToken({ baseUrl, maxBodySize: 100_000 }).pipe(
    Layer.provide([AccessToken.layerStatic({ accessToken: Redacted.make(token) }), client])
  )

const body = JSON.stringify({
  errcode: 0,
  errmsg: "ok",
  plugin_list: [{ appid: "wx1", status: 2, nickname: "插件", headimgurl: "h" }]
})

describe.each(clients)("over %s", (name, client) => {
  it.scoped("a redirect is refused, and its target's answer is not believed", () =>
    Effect.gen(function* () {
      const stranger = yield* httpServer((_, response) => response.end('{"errcode":0,"errmsg":"ok"}'))
      const { url } = yield* httpServer((_, response) =>
        response.writeHead(302, { location: `${stranger.url}/wxa/plugin` }).end()
      )
      const error = yield* Effect.flip(Effect.provide(list, over(client, url)))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "redirect", isRetryable: false })
    })
  )

  it.scoped("a reply in gzip that nobody asked for is read, within the limit of what it unpacks to", () =>
    Effect.gen(function* () {
      let text = body
      const { url } = yield* httpServer((_, response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(text))
      )
      assert.lengthOf(yield* Effect.provide(list, over(client, url)), 1)
      text = body + " ".repeat(200_000)
      const error = yield* Effect.flip(Effect.provide(list, over(client, url)))
      assert.deepInclude({ ...error }, { reason: "size" })
    })
  )

  it.scoped("gzip that is cut off is an error, and no list", () =>
    Effect.gen(function* () {
      const { url } = yield* httpServer((_, response) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(body).subarray(0, 60))
      )
      const error = yield* Effect.flip(Effect.provide(list, over(client, url)))
      assert.strictEqual(error._tag, "WechatTransportError")
      // some clients read what there is
      assert.include(["connection", "body"], "reason" in error ? error.reason : "")
    })
  )

  it.scoped("a byte order mark is skipped", () =>
    Effect.gen(function* () {
      const { url } = yield* httpServer((_, response) => response.end(`\ufeff${body}`))
      assert.strictEqual((yield* Effect.provide(list, over(client, url)))[0]?.nickname, "插件", name)
    })
  )
})

it.scoped("a client that follows redirects by itself is found out", () =>
  Effect.gen(function* () {
    const stranger = yield* httpServer((_, response) => response.end('{"errcode":0,"errmsg":"ok"}'))
    const { url } = yield* httpServer((_, response) =>
      response.writeHead(307, { location: `${stranger.url}/wxa/plugin` }).end()
    )
    const error = yield* Effect.flip(Effect.provide(list, over(followRedirects, url)))
    assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "redirect" })
  })
)

const escapes: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in escapes of JSON": (text) => text.replace(/./g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
  percent: (text) => encodeURIComponent(text),
  form: (text) => new URLSearchParams([["", text]]).toString().slice(1),
  base64: (text) => Buffer.from(text).toString("base64"),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  "a long prefix of it": (text) => text.slice(0, -3)
}

describe.each(Object.entries(escapes))("a token that a server echoes %s", (_, encode) => {
  it.scoped("comes out of no error and no record", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const echo = encode(token)
      for (const text of [
        `{"errcode":89236,"errmsg":"no ${echo}","rid":"x"}`,
        `{"errcode":0,"errmsg":"ok","plugin_list":[{"appid":"wx1","status":2,"nickname":"${echo}","headimgurl":"h"}]}`,
        `{"errcode":0,"plugin_list":[{"appid":{"${echo}":1},"status":2}]}`,
        `{"errcode":0,"plugin_list":{"${echo}":"${echo}"}}`
      ]) {
        yield* emulator.fault(Fault.body(text))
        const exit = yield* Effect.exit(Effect.provide(list, over(FetchHttpClient.layer, emulator.url.href)))
        const cause = exit._tag === "Failure" ? Cause.pretty(exit.cause) : ""
        const shown = JSON.stringify(exit) + inspect(exit, { depth: Infinity }) + cause
        const plain = echo.includes("\\u") ? token : echo
        assert.notInclude(shown, plain.slice(0, 20))
        assert.notInclude(shown, token.slice(0, 20))
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
