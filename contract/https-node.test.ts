import { Emulator } from "@effect-wechat/emulator"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as Undici from "@effect-wechat/transport-https/Undici"
import { NodeHttpClient } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { suite } from "./suite.js"

const https = Layer.unwrapEffect(
  Effect.map(Emulator.Emulator, ({ appId, appSecret, url }) => HttpsTransport.layer({ appId, appSecret, baseUrl: url }))
)

suite({
  name: "HTTPS over platform-node's undici",
  kind: "https",
  redirect: "redirect",
  layer: Layer.provide(https, NodeHttpClient.layerUndici)
})

suite({
  name: "HTTPS over platform-node's node:http",
  kind: "https",
  redirect: "redirect",
  layer: Layer.provide(https, NodeHttpClient.layer)
})

suite({
  name: "HTTPS over our own undici layer",
  kind: "https",
  redirect: "redirect",
  layer: Layer.provide(https, Undici.layer())
})
