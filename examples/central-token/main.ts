/**
 * One service has the app secret and gets the token from WeChat. All other programs get the token from the service. The example needs no
 * WeChat account: it runs against the emulator, which also makes a token expire early.
 *
 *     npx tsx main.ts      (or: bun main.ts)
 */
import { Emulator } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { HttpServer } from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { Console, Effect, Layer, Redacted } from "effect"
import { createServer } from "node:http"
import { service } from "./service.js"

const authorization = Redacted.make("Bearer made-up-of-the-example")

/** The whole service. In production it runs in its own process. */
const Service = Emulator.layerFrom(({ appId, appSecret, url }) =>
  service(appId, authorization).pipe(
    Layer.provide(AccessToken.layerStable({ appId, appSecret, baseUrl: url })),
    Layer.provideMerge(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
  )
).pipe(Layer.provide(NodeTransport.layerNodeClient()))

/** Another program. It knows the service, but not the app secret. */
const program = Effect.gen(function* () {
  const { appId, url } = yield* Emulator.Emulator
  const { address } = yield* HttpServer.HttpServer
  const transport = yield* Layer.build(
    HttpsTransport.layerAccessToken({ baseUrl: url }).pipe(
      Layer.provide(
        AccessToken.layerCentral({ appId, url: new URL(`${HttpServer.formatAddress(address)}/token`), authorization })
      ),
      Layer.provide(NodeTransport.layerNodeClient()),
      Layer.fresh
    )
  )
  return Effect.provide(PluginManager.getPluginList, transport)
})

const story = Effect.gen(function* () {
  const wechat = yield* Emulator.Emulator
  const programs = [yield* program, yield* program]
  const all = Effect.flatMap(Effect.all(programs, { concurrency: "unbounded" }), (lists) =>
    Console.log(lists.map(({ length }) => `${length} plugins`).join(", "))
  )
  yield* all
  yield* Console.log("The token expires early. WeChat keeps handing it out until a new one is forced.")
  yield* wechat.expireTokens({ stale: true })
  yield* all
  const requests = (yield* wechat.journal).filter(({ endpoint }) => endpoint === "token")
  yield* Console.log(`WeChat was asked for a token ${requests.length} times.`)
})

await Effect.runPromise(story.pipe(Effect.scoped, Effect.provide(Layer.provideMerge(Service, Emulator.layer()))))
