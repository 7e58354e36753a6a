import { PluginManager } from "@effect-wechat/plugin-manager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { certificate, httpsServer } from "@effect-wechat/test-support/tlsServer"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Layer, Scope } from "effect"
import type { RequestListener } from "node:http"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { counting, noPlugins, over, token } from "./nodeServer.js"
import { httpFailure } from "./platform.js"
import { get, list, silentServer } from "./support.js"

describe("connections", () => {
  for (const [protocol, server] of [
    ["plain", httpServer],
    ["TLS", httpsServer]
  ] as const) {
    it.effect(`one serves call after call (${protocol})`, () =>
      Effect.gen(function* () {
        const { counts, listener } = counting((_, response) => response.end(noPlugins))
        const { url } = yield* server(listener)
        const client = NodeTransport.layerNodeClient({ ca: certificate.cert })
        yield* Effect.provide(Effect.replicateEffect(list, 20), over(url, client))
        assert.strictEqual(counts.all, 1)
      }).pipe(Effect.scoped)
    )

    it.effect(`64 serve 300 calls at once (${protocol})`, () =>
      Effect.gen(function* () {
        const { counts, listener } = counting((_, response) => response.end(noPlugins))
        const { url } = yield* server(listener)
        const client = NodeTransport.layerNodeClient({ ca: certificate.cert })
        yield* Effect.provide(
          Effect.replicateEffect(list, 300, { concurrency: "unbounded", discard: true }),
          over(url, client)
        )
        assert.isAtMost(counts.most, 64)
        assert.isAbove(counts.most, 1)
      }).pipe(Effect.scoped)
    )
  }

  it.effect("an authority that is not known is a typed error, and nothing is sent", () =>
    Effect.gen(function* () {
      let requests = 0
      const { url } = yield* httpsServer(() => requests++)
      const error = yield* Effect.flip(Effect.provide(list, over(url)))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection" })
      assert.match(error.message, /no reply \(\w*SELF_SIGNED\w*\)/)
      assert.strictEqual(requests, 0)
    }).pipe(Effect.scoped)
  )

  it.effect("the only one serves on, whatever became of the calls before", () =>
    Effect.gen(function* () {
      const asked = yield* Deferred.make<void>()
      const answers: ReadonlyArray<RequestListener> = [
        ({ socket }) => socket.destroy(),
        (_, response) => response.end("x".repeat(1001)),
        (_, response) => response.writeHead(302, { location: "/" }).end(),
        ({ socket }, response) => {
          response.writeHead(200, { "content-length": "99" }).write("half")
          setImmediate(() => socket.destroy())
        },
        () => Deferred.unsafeDone(asked, Effect.void)
      ]
      let at = 0
      const { url } = yield* httpServer((request, response) => {
        const answer = answers[at++]
        if (answer === undefined) {
          response.end(noPlugins)
        } else {
          answer(request, response)
        }
      })
      yield* Effect.gen(function* () {
        const reasons: Array<string> = []
        for (let call = 0; call < 4; call++) {
          const error = yield* Effect.flip(list)
          reasons.push("reason" in error ? error.reason : error._tag)
        }
        assert.deepStrictEqual(reasons, ["connection", "size", "redirect", "connection"])
        const hanging = yield* Effect.fork(list)
        yield* Deferred.await(asked)
        const waiting = yield* Effect.fork(list)
        const abandoned = yield* Effect.fork(list)
        yield* Effect.yieldNow()
        yield* Fiber.interrupt(abandoned)
        yield* Fiber.interrupt(hanging)
        assert.deepStrictEqual(yield* Fiber.join(waiting), [])
        assert.deepStrictEqual(yield* list, [])
        assert.strictEqual(at, 7)
      }).pipe(Effect.provide(over(url, NodeTransport.layerNodeClient({ maxSockets: 1 }))))
    }).pipe(Effect.scoped)
  )

  it.effect("the calls that wait for one fail when the layer ends, and later ones too", () =>
    Effect.gen(function* () {
      const { asked, paths, url } = yield* silentServer
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(NodeTransport.layerNodeClient({ maxSockets: 1 }), scope)
      const call = Effect.provide(Effect.flip(get(url)), context)
      const first = yield* Effect.fork(call)
      yield* asked
      const second = yield* Effect.fork(call)
      yield* Effect.yieldNow()
      yield* Scope.close(scope, Exit.void)
      for (const error of [yield* Fiber.join(first), yield* Fiber.join(second), yield* call]) {
        assert.deepInclude(httpFailure(error), { kind: "Transport" })
      }
      assert.lengthOf(paths, 1)
    }).pipe(Effect.scoped)
  )
})

describe("a server that closes the kept connection when it has read the second request", () => {
  /** It answers the first request of each connection, and closes it when it has read the next one. */
  const hangingUp = Effect.gen(function* () {
    let requests = 0
    const sockets: Array<Socket> = []
    const server = yield* Effect.acquireRelease(
      Effect.sync(() =>
        createServer((socket) => {
          sockets.push(socket)
          let count = 0
          socket.on("error", () => {})
          socket.on("data", (bytes) => {
            if (bytes.toString().startsWith("POST ")) {
              requests++
              if (++count > 1) {
                socket.destroy()
              } else {
                socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${noPlugins.length}\r\n\r\n${noPlugins}`)
              }
            }
          })
        })
      ),
      (server) =>
        Effect.async<void>((resume) => {
          server.close(() => resume(Effect.void))
          for (const socket of sockets) {
            socket.destroy()
          }
        })
    )
    yield* Effect.async<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void)))
    return { requests: () => requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  })

  it.effect("is asked once for what must not be done twice", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* hangingUp
      const apply = PluginManager.applyPlugin({ pluginAppid: "wx5514af450eaceec2" })
      const error = yield* Effect.provide(
        Effect.zipRight(apply, Effect.flip(PluginManager.retryTransient(apply))),
        over(url)
      )
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection", isRetryable: false })
      assert.strictEqual(requests(), 2)
    }).pipe(Effect.scoped)
  )

  it.effect("fails a list with an error that may be retried, and nothing is retried unasked", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* hangingUp
      const error = yield* Effect.provide(Effect.zipRight(list, Effect.flip(list)), over(url))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection", isRetryable: true })
      assert.notInclude(JSON.stringify(error) + error.message, token)
      assert.strictEqual(requests(), 2)
    }).pipe(Effect.scoped)
  )
})
