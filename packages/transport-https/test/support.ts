import { Emulator } from "@effect-wechat/emulator"
import { PluginManager, type Transport } from "@effect-wechat/plugin-manager"
import { type HttpsOptions, HttpsTransport } from "@effect-wechat/transport-https"
import { Effect, Layer } from "effect"

export const list = PluginManager.getPluginList

/** The transport over the emulator that is there. */
export const https = (options: HttpsOptions.HttpsOptions = {}) =>
  Layer.unwrapEffect(
    Effect.map(Emulator.Emulator, ({ appId, appSecret, url }) =>
      HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url, ...options })
    )
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
