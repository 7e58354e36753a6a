/**
 * One service has the app secret and asks WeChat for the token; all other programs ask the service. It needs no account: the
 * emulator is WeChat, and lets a token die before its time.
 *
 *     npx tsx main.ts      (or: bun main.ts)
 */
import { Emulator } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient, HttpServer } from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { Console, Effect, Layer, Redacted } from "effect"
import { createServer } from "node:http"
import { service } from "./service.js"

const authorization = Redacted.make("Bearer made-up-of-the-example")

/** In a process of its own this is the whole of the service. */
const Service = Layer.unwrapEffect(
  Effect.map(Emulator.Emulator, ({ appId, appSecret, url }) =>
    service(appId, authorization).pipe(
      Layer.provide(AccessToken.layerStable({ appId, appSecret, baseUrl: url })),
      Layer.provideMerge(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
    )
  )
).pipe(Layer.provide(FetchHttpClient.layer))

/** And this is all that another program needs; it has no secret of WeChat's. */
const program = Effect.gen(function* () {
  const { appId, url } = yield* Emulator.Emulator
  const { address } = yield* HttpServer.HttpServer
  const transport = yield* Layer.build(
    HttpsTransport.layerAccessToken({ baseUrl: url }).pipe(
      Layer.provide(
        AccessToken.layerCentral({ appId, url: new URL(`${HttpServer.formatAddress(address)}/token`), authorization })
      ),
      Layer.provide(FetchHttpClient.layer),
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
  yield* Console.log("The token dies before its time, and WeChat goes on handing it out until a new one is forced.")
  yield* wechat.expireTokens({ stale: true })
  yield* all
  const requests = (yield* wechat.journal).filter(({ endpoint }) => endpoint === "token")
  yield* Console.log(`WeChat was asked for a token ${requests.length} times.`)
})

await Effect.runPromise(story.pipe(Effect.scoped, Effect.provide(Layer.provideMerge(Service, Emulator.layer()))))
