import { Emulator } from "@effect-wechat/emulator"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient, HttpServer, HttpServerResponse } from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Tracer } from "effect"
import { createServer } from "node:http"
import { list } from "./support.js"

it.effect("the token of a request is not in the span of the server that answers it", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const token = Redacted.value(yield* emulator.cloudbaseToken)
    const attributes: Array<[string, unknown]> = []
    const tracer = Tracer.make({
      span: (name, parent, context, links, startTime, kind) => ({
        _tag: "Span",
        name,
        spanId: "1",
        traceId: "1",
        parent,
        context,
        links,
        sampled: true,
        kind,
        status: { _tag: "Started", startTime },
        attributes: new Map(),
        attribute: (key, value) => void attributes.push([key, value]),
        event: () => {},
        addLinks: () => {},
        end: () => {}
      }),
      context: (f) => f()
    })
    const WeChat = HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
      Layer.provide([AccessToken.layerCloudbaseHeader(), FetchHttpClient.layer]),
      Layer.merge(Layer.setTracer(tracer))
    )
    const app = Effect.flatMap(Effect.orDie(list), (plugins) => Effect.orDie(HttpServerResponse.json(plugins)))
    const Server = HttpServer.serve(app).pipe(
      Layer.provide(WeChat),
      Layer.provideMerge(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
    )
    const response = yield* Effect.gen(function* () {
      const url = yield* HttpServer.addressFormattedWith(Effect.succeed)
      return yield* Effect.promise(() => fetch(url, { headers: { "x-wx-cloudbase-access-token": token } }))
    }).pipe(Effect.provide(Server))
    assert.strictEqual(response.status, 200)
    const header = attributes.find(([key]) => key === "http.request.header.x-wx-cloudbase-access-token")
    assert.deepStrictEqual(header?.[1], "<redacted>")
    assert.notInclude(JSON.stringify(attributes), token)
  }).pipe(Effect.provide(Emulator.layer()))
)
