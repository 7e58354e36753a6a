import { Emulator } from "@effect-wechat/emulator"
import { PluginManager, type Transport } from "@effect-wechat/plugin-manager"
import { type HttpsOptions, HttpsTransport } from "@effect-wechat/transport-https"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { HttpClient, HttpClientRequest } from "@effect/platform"
import { Deferred, Effect, Layer } from "effect"

export const list = PluginManager.getPluginList

/** The transport over the emulator that is there. */
export const https = (options: HttpsOptions.HttpsOptions = {}) =>
  Emulator.layerFrom(({ appId, appSecret, url }) =>
    HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url, ...options })
  )

/** A WeChat of its own, and the transport over it. */
export const inWorld =
  (options: HttpsOptions.HttpsOptions = {}, emulator: Emulator.Options = {}) =>
  <A, E>(effect: Effect.Effect<A, E, Transport.Transport | Emulator.Emulator>) =>
    Effect.provide(effect, Layer.provideMerge(https(options), Emulator.layer(emulator)))

/** how often each door was knocked at */
export const counts = Effect.gen(function* () {
  const { journal } = yield* Emulator.Emulator
  const endpoints = (yield* journal).map(({ endpoint }) => endpoint)
  const count = (endpoint: string) => endpoints.filter((one) => one === endpoint).length
  return { token: count("token"), plugin: count("plugin") }
})

/** Bun has stand-ins of its own for undici and for the agents of node:http. */
export const isBun = "Bun" in globalThis

export const execute = (request: HttpClientRequest.HttpClientRequest) =>
  Effect.flatMap(HttpClient.HttpClient, (client) => client.execute(request))

export const get = (url: string) => execute(HttpClientRequest.get(url))

/** A server that answers at /third alone, and says when it is asked and when a client has gone. */
export const silentServer = Effect.gen(function* () {
  const asked = yield* Deferred.make<void>()
  const left = yield* Deferred.make<void>()
  const paths: Array<string> = []
  const { url } = yield* httpServer(({ socket, url }, response) => {
    paths.push(url!)
    if (url === "/third") {
      response.end()
    }
    Deferred.unsafeDone(asked, Effect.void)
    socket.once("close", () => Deferred.unsafeDone(left, Effect.void))
  })
  return { asked: Deferred.await(asked), left: Deferred.await(left), paths, url }
})
