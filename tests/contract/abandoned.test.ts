import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer, Redacted, TestClock } from "effect"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { Signing } from "@effect-wechat/test-support/signing"

/** It hands out a token, never answers anything else, and says when that was asked and when the client went away. */
const silentWeChat = Effect.gen(function* () {
  const asked = yield* Deferred.make<void>()
  const left = yield* Deferred.make<void>()
  const { url } = yield* httpServer((request, response) => {
    if (request.url === "/cgi-bin/stable_token") {
      response.end('{"access_token":"made-up-token-of-a-silent-server","expires_in":7200}')
    } else {
      request.socket.once("close", () => Deferred.unsafeDone(left, Effect.void))
      Deferred.unsafeDone(asked, Effect.void)
    }
  })
  const app = { appId: "wx1", appSecret: Redacted.make("made-up-secret"), baseUrl: new URL(url) }
  return { app, asked: Deferred.await(asked), left: Deferred.await(left) }
})

describe.each([
  ["fetch", HttpsTransport.layerFetch],
  ["node:https", NodeTransport.layerNode],
  ["platform-node's undici", (app) => Layer.provide(HttpsTransport.layer(app), NodeHttpClient.layerUndici)],
  ["platform-node's node:http", (app) => Layer.provide(HttpsTransport.layer(app), NodeHttpClient.layer)],
  ["our own undici layer", (app) => Layer.provide(HttpsTransport.layer(app), UndiciHttpClient.layer())],
  ["fetch, signed", (app) => Layer.provide(HttpsTransport.layerFetch(app), Layer.orDie(Signing))]
] satisfies ReadonlyArray<readonly [string, typeof HttpsTransport.layerFetch]>)(
  "over %s, WeChat is left alone",
  (_, layer) => {
    // while the layer is alive, since its end would close every socket
    const call = (end: (fiber: Fiber.RuntimeFiber<object, unknown>) => Effect.Effect<unknown, unknown>) =>
      Effect.gen(function* () {
        const { app, asked, left } = yield* silentWeChat
        yield* Effect.gen(function* () {
          const fiber = yield* Effect.fork(Effect.flip(PluginManager.getPluginList))
          yield* asked
          yield* end(fiber)
          yield* left
        }).pipe(Effect.provide(layer(app)))
      })

    it.scoped("once the call is interrupted", () => call(Fiber.interrupt))

    it.scoped("once the call is late", () =>
      call((fiber) =>
        Effect.gen(function* () {
          yield* TestClock.adjust("10 seconds")
          assert.propertyVal(yield* Fiber.join(fiber), "reason", "timeout")
        })
      )
    )
  }
)
