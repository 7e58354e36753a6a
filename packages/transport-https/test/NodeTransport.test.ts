import { Emulator } from "@effect-wechat/emulator"
import { MiniPrograms } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { httpProxy } from "@effect-wechat/test-support/httpProxy"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { assert, it } from "@effect/vitest"
import { Config, Effect, Layer, Redacted } from "effect"
import { Agent, type ClientRequestArgs, request } from "node:http"
import type { Duplex } from "node:stream"
import { counting, noPlugins, over, token } from "./nodeServer.js"
import { isBun, list } from "./support.js"

it.effect(
  "the layers are HttpsTransport's, MiniPrograms' and ThirdPartyMiniPrograms', with nothing more to provide",
  () =>
    Effect.gen(function* () {
      const { appId, appSecret, url: baseUrl, world } = yield* Emulator.Emulator
      const { components } = yield* world
      const { appSecret: componentAppSecret, appid: componentAppId, authorizations, verifyTicket } = components[0]!
      const app = { appId, appSecret, baseUrl }
      const many = { appSecret: () => Effect.succeed(appSecret), baseUrl }
      const platform = {
        componentAppId,
        componentAppSecret,
        verifyTicket: Effect.succeed(verifyTicket),
        refreshToken: () => Effect.succeed(authorizations[0]!.refreshToken),
        onRefreshToken: () => Effect.void,
        baseUrl
      }
      const url = { baseUrl: Config.succeed(baseUrl) }
      const one = MiniPrograms.transport(appId)
      for (const layer of [
        NodeTransport.layerNode(app),
        NodeTransport.layerNodeConfig({ ...app, ...url }),
        Layer.provide(one, NodeTransport.layerNodeMiniPrograms(many)),
        Layer.provide(one, NodeTransport.layerNodeMiniProgramsConfig({ ...many, ...url })),
        Layer.provide(one, NodeTransport.layerNodeThirdPartyMiniPrograms(platform)),
        Layer.provide(one, NodeTransport.layerNodeThirdPartyMiniProgramsConfig({ ...platform, ...url }))
      ]) {
        assert.isNotEmpty(yield* Effect.provide(list, layer))
      }
    }).pipe(Effect.provide(Emulator.layer()))
)

it.effect("the layers of one program share their connections", () =>
  Effect.gen(function* () {
    const { counts, listener } = counting(({ url }, response) =>
      response.end(url === "/cgi-bin/stable_token" ? `{"access_token":"${token}","expires_in":7200}` : noPlugins)
    )
    const { url: baseUrl } = yield* httpServer(listener)
    const options = { appSecret: Redacted.make("made-up-secret"), baseUrl }
    const both = yield* Layer.build(
      Layer.merge(
        NodeTransport.layerNodeMiniPrograms({ ...options, appSecret: () => Effect.succeed(options.appSecret) }),
        NodeTransport.layerNode({ ...options, appId: "wx1" })
      )
    )
    yield* Effect.provide(list, both)
    yield* list.pipe(Effect.provide(MiniPrograms.transport("wx2")), Effect.provide(both))
    assert.strictEqual(counts.all, 1)
  }).pipe(Effect.scoped)
)

it.effect("an agent of one's own stays open; one that cannot carry the URL is a typed error", () =>
  Effect.gen(function* () {
    const { counts, listener } = counting((_, response) => response.end(noPlugins))
    const { url } = yield* httpServer(listener)
    const destroyed: Array<string> = []
    class Watched extends Agent {
      override destroy() {
        destroyed.push("destroyed")
        super.destroy()
      }
    }
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new Watched({ keepAlive: true, maxSockets: 1 })),
      (agent) => Effect.sync(() => agent.destroy())
    )
    for (let program = 0; program < 2; program++) {
      yield* Effect.provide(list, over(url, NodeTransport.layerNodeAgent(agent)))
    }
    assert.deepStrictEqual(destroyed, [])
    assert.strictEqual(counts.all, 1)
    const error = yield* Effect.flip(
      Effect.provide(list, over(url.replace("http:", "https:"), NodeTransport.layerNodeAgent(agent)))
    )
    assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection" })
  }).pipe(Effect.scoped)
)

// Bun ignores an agent of this kind
if (!isBun) {
  it.effect("an agent of one's own may lead through a proxy", () =>
    Effect.gen(function* () {
      const { url } = yield* httpServer((_, response) => response.end(noPlugins))
      const proxy = yield* httpProxy
      class Tunnel extends Agent {
        override createConnection(
          { host, port }: ClientRequestArgs,
          onSocket: (error: Error | null, socket: Duplex) => void
        ): undefined {
          request(proxy.url, { method: "CONNECT", path: `${host}:${port}` })
            .on("connect", (_, socket) => onSocket(null, socket))
            .end()
        }
      }
      const agent = yield* Effect.acquireRelease(
        Effect.sync(() => new Tunnel({ keepAlive: true })),
        (agent) => Effect.sync(() => agent.destroy())
      )
      yield* Effect.provide(Effect.replicateEffect(list, 2), over(url, NodeTransport.layerNodeAgent(agent)))
      assert.deepStrictEqual(proxy.seen, [`CONNECT ${new URL(url).host}`])
    }).pipe(Effect.scoped)
  )
}

it.effect("an IPv6 address", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(Effect.provide(list, over("http://[::1]:9")))
    // a name that is looked up would be ENOTFOUND
    assert.match(error.message, /\((ECONNREFUSED|EADDRNOTAVAIL|ConnectionRefused)\)/)
  })
)
