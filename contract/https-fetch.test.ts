import { Emulator } from "@effect-wechat/emulator"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Effect, Layer } from "effect"
import { suite } from "./suite.js"

// the runtime's own fetch: Node's, or Bun's when this runs under Bun
suite({
  name: "HTTPS over fetch",
  kind: "https",
  redirect: "redirect",
  layer: Layer.unwrapEffect(
    Effect.map(Emulator.Emulator, ({ appId, appSecret, url }) =>
      HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url })
    )
  )
})
