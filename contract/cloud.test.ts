import { Emulator } from "@effect-wechat/emulator"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Effect, Layer } from "effect"
import { createRequire } from "node:module"
import { suite } from "./suite.js"

const require = createRequire(import.meta.url)

/** the real SDK in both of its current lines, against the emulator's gateway */
for (const [sdk, redirect] of [
  ["wx-server-sdk", "status"],
  ["wx-server-sdk-3", "timeout"]
] as const) {
  const { version } = require(`${sdk}/package.json`) as { readonly version: string }
  suite({
    name: `cloud call over wx-server-sdk ${version}`,
    kind: "cloud",
    redirect,
    layer: Layer.unwrapEffect(
      Effect.map(Emulator.Emulator, ({ gatewayUrl, secretId, secretKey }) =>
        CloudTransport.layer({
          cloud: () => require(sdk) as CloudTransport.WxServerSdk,
          init: { env: "contract-env", secretId, secretKey, serviceUrl: gatewayUrl }
        })
      )
    )
  })
}
