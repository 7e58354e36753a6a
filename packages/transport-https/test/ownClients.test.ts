import { type HttpClient, HttpClientRequest } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Stream, type Scope } from "effect"
import type { ServerResponse } from "node:http"
import { gzipSync } from "node:zlib"
import { type Echo, echo, httpServer } from "@effect-wechat/test-support/httpServer"
import { expected, overClient } from "@effect-wechat/test-support/signing"
import { ownClients } from "./clients.js"
import { execute, list } from "./support.js"

/** What a server saw of a request. */
const sent = (make: (url: string) => HttpClientRequest.HttpClientRequest) =>
  Effect.gen(function* () {
    const { url } = yield* httpServer(echo)
    const { headers } = yield* execute(make(url))
    return JSON.parse(headers["x-echo"]!) as Echo
  }).pipe(Effect.scoped)

/** What comes of a server's reply. */
const received = (reply: (response: ServerResponse) => void) =>
  Effect.gen(function* () {
    const { url } = yield* httpServer((_, response) => reply(response))
    return yield* execute(HttpClientRequest.get(url))
  }).pipe(Effect.scoped)

const bytesOf = (text: string) => [...new TextEncoder().encode(text)]

for (const { layer, name } of ownClients) {
  describe(`a program's own requests over ${name}`, () => {
    const test = (name: string, effect: () => Effect.Effect<void, unknown, HttpClient.HttpClient | Scope.Scope>) =>
      it.scoped(name, () => Effect.provide(effect(), layer()))

    describe("the request", () => {
      for (const method of ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const) {
        test(`${method} without a body`, () =>
          Effect.gen(function* () {
            const echo = yield* sent(HttpClientRequest.make(method))
            assert.deepInclude(echo, { method, url: "/", body: [] })
          }))
      }

      for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const) {
        test(`${method} with a text`, () =>
          Effect.gen(function* () {
            const text = "微信 & \u{1f50c}"
            const { body, headers } = yield* sent((url) =>
              HttpClientRequest.bodyText(HttpClientRequest.make(method)(url), text)
            )
            assert.deepStrictEqual(body, bytesOf(text))
            assert.deepInclude(headers, {
              "content-type": "text/plain",
              "content-length": String(bytesOf(text).length)
            })
            assert.notProperty(headers, "transfer-encoding")
          }))
      }

      test("a body of bytes, of JSON, of form fields, and one of no bytes", () =>
        Effect.gen(function* () {
          const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
          for (const [body, type, expected] of [
            [HttpClientRequest.bodyUint8Array(all), "application/octet-stream", [...all]],
            [HttpClientRequest.bodyUnsafeJson({ 名: [1] }), "application/json", bytesOf('{"名":[1]}')],
            [HttpClientRequest.bodyUrlParams({ a: "1&2" }), "application/x-www-form-urlencoded", bytesOf("a=1%262")],
            [HttpClientRequest.bodyText(""), "text/plain", []]
          ] as const) {
            const echo = yield* sent((url) => body(HttpClientRequest.post(url)))
            assert.deepStrictEqual([echo.headers["content-type"], echo.body], [type, expected])
          }
        }))

      test("path and query, of the URL and of the request, without the hash", () =>
        Effect.gen(function* () {
          const { url } = yield* sent((url) =>
            HttpClientRequest.get(`${url}/a%2Fb/插件?x=1`, { urlParams: { y: ["2 3", "&"], 名: "é" }, hash: "here" })
          )
          assert.strictEqual(url, `/a%2Fb/${encodeURIComponent("插件")}?x=1&y=2+3&y=%26&%E5%90%8D=%C3%A9`)
        }))

      test("headers", () =>
        Effect.gen(function* () {
          const { headers } = yield* sent((url) =>
            HttpClientRequest.get(url, { headers: { "X-Tenant": "7", accept: "text/html", cookie: "a=1; b=2" } })
          )
          assert.deepInclude(headers, { "x-tenant": "7", accept: "text/html", cookie: "a=1; b=2" })
        }))
    })

    describe("the response", () => {
      test("its body as text, JSON, fields, bytes and stream, however it was cut", () =>
        Effect.gen(function* () {
          const text = '{"名":"\u{1f50c}"}'
          const bytes = Buffer.from(text)
          const drip = (response: ServerResponse) => {
            response.write(bytes.subarray(0, 4))
            setImmediate(() => response.end(bytes.subarray(4)))
          }
          assert.strictEqual(yield* (yield* received(drip)).text, text)
          assert.deepStrictEqual(yield* (yield* received(drip)).json, { 名: "\u{1f50c}" })
          assert.deepStrictEqual(new Uint8Array(yield* (yield* received(drip)).arrayBuffer), new Uint8Array(bytes))
          const chunks = yield* Stream.runCollect((yield* received(drip)).stream)
          assert.deepStrictEqual(Buffer.concat(Chunk.toReadonlyArray(chunks)), bytes)
          const fields = yield* received((response) => response.end("a=1&a=2"))
          assert.deepStrictEqual(
            [...(yield* fields.urlParamsBody)],
            [
              ["a", "1"],
              ["a", "2"]
            ]
          )
        }))

      for (const status of [200, 201, 204, 205, 304, 400, 404, 500, 599, 600, 999]) {
        test(`status ${status} is no failure`, () =>
          Effect.gen(function* () {
            const response = yield* received((response) => response.writeHead(status).end())
            assert.strictEqual(response.status, status)
            assert.strictEqual(yield* response.text, "")
          }))
      }

      test("a redirect is not followed", () =>
        Effect.gen(function* () {
          const { headers, status } = yield* received((response) =>
            response.writeHead(302, { location: "/else" }).end()
          )
          assert.deepStrictEqual([status, headers["location"]], [302, "/else"])
        }))

      test("what comes before it (103 Early Hints) is not it", () =>
        Effect.gen(function* () {
          const response = yield* received((response) => {
            response.writeEarlyHints({ link: "</a.css>; rel=preload" })
            response.writeHead(201).end("it")
          })
          assert.deepStrictEqual([response.status, yield* response.text], [201, "it"])
        }))

      test("headers that come more than once, and those that are no ASCII", () =>
        Effect.gen(function* () {
          const { cookies, headers } = yield* received((response) => {
            response.setHeader("set-cookie", ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/", "b=2"])
            response.setHeader("vary", ["accept", "cookie"])
            response.setHeader("x-name", Buffer.from("插件").toString("latin1"))
            response.end()
          })
          assert.strictEqual(headers["vary"], "accept, cookie")
          assert.strictEqual(Buffer.from(headers["x-name"]!, "latin1").toString(), "插件")
          assert.deepStrictEqual(
            Object.values(cookies.cookies).map(({ name, options, value }) => [name, value, options?.path]),
            [
              ["a", "1", "/"],
              ["b", "2", undefined]
            ]
          )
        }))

      test("a compressed body stays as it is", () =>
        Effect.gen(function* () {
          const zipped = gzipSync("插件")
          const { arrayBuffer } = yield* received((response) => {
            response.setHeader("content-encoding", "gzip").end(zipped)
          })
          assert.deepStrictEqual(Buffer.from(yield* arrayBuffer), zipped)
        }))
    })
  })

  it.effect(`a signed call has its headers over ${name}, too`, () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* Effect.provide(list, overClient(layer())), expected)
    })
  )
}
