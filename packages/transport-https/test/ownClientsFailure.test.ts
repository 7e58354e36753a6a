import { HttpBody, type HttpClient, HttpClientRequest, HttpIncomingMessage } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Fiber, Layer, Option, Scope, Stream } from "effect"
import { inspect } from "node:util"
import { recordSpans } from "@effect-wechat/test-support/recordSpans"
import { ownClients } from "./clients.js"
import { httpFailure } from "./platform.js"
import { execute, get, silentServer } from "./support.js"
import { echo, httpServer } from "@effect-wechat/test-support/httpServer"

for (const { layer, name, oneConnection } of ownClients) {
  describe(`what goes wrong over ${name}`, () => {
    const test = (name: string, effect: () => Effect.Effect<void, unknown, HttpClient.HttpClient | Scope.Scope>) =>
      it.scoped(name, () => Effect.provide(effect(), layer()))

    for (const url of ["", "/wxa/plugin", "http://", "http://a b/"]) {
      test(`"${url}" is no URL`, () =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(get(url))
          assert.deepInclude(httpFailure(error), { kind: "InvalidUrl" })
        }))
    }

    for (const [what, request] of [
      ["another protocol", HttpClientRequest.get("ftp://127.0.0.1/")],
      ["a URL without a host", HttpClientRequest.get("data:,")],
      ["a header over two lines", HttpClientRequest.get("http://127.0.0.1:9", { headers: { a: "1\r\nb: 2" } })],
      ["a nameless header", HttpClientRequest.get("http://127.0.0.1:9", { headers: { "": "1" } })]
    ] as const) {
      test(`${what} is refused`, () =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(execute(request))
          assert.deepInclude(httpFailure(error), { kind: "Transport", request })
        }))
    }

    for (const body of [
      HttpBody.stream(Stream.make(Uint8Array.of(1))),
      HttpBody.formData(new FormData()),
      HttpBody.raw("a")
    ]) {
      test(`a body of ${body._tag} is refused, and nothing is sent`, () =>
        Effect.gen(function* () {
          const { paths, url } = yield* silentServer
          const error = yield* Effect.flip(execute(HttpClientRequest.post(url, { body })))
          assert.deepInclude(httpFailure(error), { kind: "Encode" })
          assert.include(error.message, `a body of ${body._tag} is not supported`)
          assert.deepStrictEqual(paths, [])
        }).pipe(Effect.scoped))
    }

    test("a server that is not there, one that hangs up, and one that does so in the middle of its reply", () =>
      Effect.gen(function* () {
        const gone = yield* Effect.scoped(httpServer(() => {}))
        assert.deepInclude(httpFailure(yield* Effect.flip(get(gone.url))), { kind: "Transport" })
        const mute = yield* httpServer(({ socket }) => socket.destroy())
        assert.deepInclude(httpFailure(yield* Effect.flip(get(mute.url))), { kind: "Transport" })
        const broken = yield* httpServer(({ socket }, response) => {
          response.writeHead(999, { "content-length": "9" }).write("half")
          setImmediate(() => socket.destroy())
        })
        const error = yield* Effect.flip(get(broken.url))
        assert.deepInclude(httpFailure(error), { kind: "Decode", status: 999 })
      }).pipe(Effect.scoped))

    test("a reply has not begun with the 103 before it", () =>
      Effect.gen(function* () {
        const { url } = yield* httpServer(({ socket, url }, response) => {
          response.writeEarlyHints({ link: "</a>; rel=preload" }, () =>
            url === "/whole" ? response.end("whole") : socket.destroy()
          )
        })
        const whole = yield* get(`${url}/whole`)
        assert.deepStrictEqual([whole.status, whole.headers["link"], yield* whole.text], [200, undefined, "whole"])
        assert.deepInclude(httpFailure(yield* Effect.flip(get(url))), { kind: "Transport" })
      }).pipe(Effect.scoped))

    test("MaxBodySize is kept while a reply comes, and nothing is without it", () =>
      Effect.gen(function* () {
        const { url } = yield* httpServer(({ url }, response) => {
          const more = () => response.write(Buffer.alloc(60), () => url === "/endless" && more())
          more()
          if (url === "/") {
            response.end(Buffer.alloc(40))
          }
        })
        const within = (size: number, path: string) =>
          HttpIncomingMessage.withMaxBodySize(get(url + path), Option.some(size))
        assert.strictEqual((yield* (yield* within(100, "/")).arrayBuffer).byteLength, 100)
        assert.strictEqual((yield* (yield* get(url)).arrayBuffer).byteLength, 100)
        for (const [size, path] of [
          [99, "/"],
          [1_000, "/endless"]
        ] as const) {
          const error = yield* Effect.flip(within(size, path))
          assert.deepInclude(httpFailure(error), { kind: "Decode" })
        }
      }).pipe(Effect.scoped))

    test("an interrupted request is broken off", () =>
      Effect.gen(function* () {
        const { asked, left, url } = yield* silentServer
        const fiber = yield* Effect.fork(get(url))
        yield* asked
        yield* Fiber.interrupt(fiber)
        assert.isTrue(Exit.isInterrupted(yield* Fiber.await(fiber)))
        yield* left
      }).pipe(Effect.scoped))

    test("an interrupted request that waits for a connection is never sent", () =>
      Effect.gen(function* () {
        const { asked, left, paths, url } = yield* silentServer
        const first = yield* Effect.fork(get(`${url}/first`))
        yield* asked
        const second = yield* Effect.fork(get(`${url}/second`))
        // by another connection: had there been one for the second, it would have come before
        yield* Effect.provide(get(`${url}/third`), layer())
        yield* Fiber.interrupt(second)
        yield* Fiber.interrupt(first)
        yield* left
        yield* get(`${url}/third`)
        assert.deepStrictEqual(paths, ["/first", "/third", "/third"])
      }).pipe(Effect.scoped, Effect.provide(oneConnection())))

    test("it makes no span, and no query or header gets into a message or a cause", () =>
      Effect.gen(function* () {
        const secret = "76_a-secret-token"
        const { url } = yield* httpServer(echo)
        const gone = yield* Effect.scoped(httpServer(() => {}))
        for (const [to, options] of [
          [url, {}],
          [gone.url, {}],
          [url, { headers: { authorization: `Bearer ${secret}\n` } }],
          ["ftp://127.0.0.1", {}]
        ] as const) {
          const request = HttpClientRequest.get(to, { urlParams: { access_token: secret }, ...options })
          const { exit, spans } = yield* recordSpans(execute(request))
          assert.deepStrictEqual(spans, [])
          assert.strictEqual(Exit.isFailure(exit), to !== url || "headers" in options)
          for (const { cause, message } of Exit.isFailure(exit) ? Cause.failures(exit.cause) : []) {
            const shown = inspect(cause, { depth: Infinity, showHidden: true })
            assert.notInclude(message + shown, secret)
          }
        }
      }).pipe(Effect.scoped))

    test("a layer closes what it has opened", () =>
      Effect.gen(function* () {
        const { asked, left, url } = yield* silentServer
        const scope = yield* Scope.make()
        const context = yield* Layer.buildWithScope(layer(), scope)
        const fiber = yield* Effect.fork(Effect.flip(Effect.provide(get(url), context)))
        yield* asked
        yield* Scope.close(scope, Exit.void)
        yield* left
        assert.deepInclude(httpFailure(yield* Fiber.join(fiber)), { kind: "Transport" })
      }).pipe(Effect.scoped))
  })
}
