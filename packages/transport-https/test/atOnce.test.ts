import { httpServer } from "@effect-wechat/test-support/httpServer"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import type { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Either, Fiber, Layer, Redacted, TestClock } from "effect"
import { isBun, list } from "./support.js"

const clients: ReadonlyArray<readonly [string, Layer.Layer<HttpClient.HttpClient>]> = [
  ["our fetch client", HttpsTransport.layerFetchClient],
  ["our node:https client", NodeTransport.layerNodeClient()],
  ...(isBun ? [] : [["our undici client", UndiciHttpClient.layer()] as const])
]

const limit = 64

/** A server that answers no request until `answer`. `full` resolves when it has as many as may be there at once. */
const slowServer = Effect.gen(function* () {
  const full = yield* Deferred.make<void>()
  const waiting: Array<() => void> = []
  const counts = { requests: 0, atOnce: 0, most: 0 }
  let isOpen = false
  const { url } = yield* httpServer((request, response) => {
    counts.requests++
    counts.most = Math.max(counts.most, ++counts.atOnce)
    const answer = () => {
      counts.atOnce--
      response.end('{"errcode":0,"errmsg":"ok","plugin_list":[]}')
    }
    request.resume()
    if (isOpen) {
      answer()
    } else {
      waiting.push(answer)
    }
    if (counts.requests === limit) {
      Deferred.unsafeDone(full, Effect.void)
    }
  })
  const answer = Effect.sync(() => {
    isOpen = true
    waiting.splice(0).forEach((answer) => answer())
  })
  return { answer, counts, full: Deferred.await(full), url }
})

const over = (client: Layer.Layer<HttpClient.HttpClient>, baseUrl: string) =>
  Layer.build(
    HttpsTransport.layerAccessToken({ baseUrl }).pipe(
      Layer.provide([AccessToken.layerStatic({ accessToken: Redacted.make("a-token") }), client])
    )
  )

describe.each(clients)("many calls at once over %s", (_, client) => {
  it.scoped("64 requests are under way, and the others follow", () =>
    Effect.gen(function* () {
      const { answer, counts, full, url } = yield* slowServer
      const transport = yield* over(client, url)
      const calls = yield* Effect.fork(
        Effect.replicateEffect(Effect.provide(list, transport), 200, { concurrency: "unbounded" })
      )
      yield* full
      yield* answer
      assert.lengthOf(yield* Fiber.join(calls), 200)
      assert.deepInclude(counts, { requests: 200, most: limit })
    })
  )

  it.scoped("one that is given up while it waits is never sent", () =>
    Effect.gen(function* () {
      const { answer, counts, full, url } = yield* slowServer
      const transport = yield* over(client, url)
      const call = Effect.provide(list, transport)
      const calls = yield* Effect.fork(Effect.replicateEffect(call, limit, { concurrency: "unbounded" }))
      yield* full
      const last = yield* Effect.fork(call)
      yield* Effect.yieldNow()
      yield* Fiber.interrupt(last)
      yield* answer
      yield* Fiber.join(calls)
      yield* call
      assert.deepInclude(counts, { requests: limit + 1, most: limit })
    })
  )

  it.scoped("those that wait until they are late are never sent", () =>
    Effect.gen(function* () {
      const { answer, counts, full, url } = yield* slowServer
      const transport = yield* over(client, url)
      const call = Effect.provide(list, transport)
      const calls = yield* Effect.fork(Effect.replicateEffect(Effect.either(call), 200, { concurrency: "unbounded" }))
      yield* full
      yield* TestClock.adjust("10 seconds")
      const reasons = (yield* Fiber.join(calls)).map(
        Either.match({ onLeft: ({ _tag }) => _tag, onRight: () => "listed" })
      )
      assert.deepStrictEqual(new Set(reasons), new Set(["WechatTransportError"]))
      yield* answer
      yield* call
      assert.strictEqual(counts.requests, limit + 1)
    })
  )
})
