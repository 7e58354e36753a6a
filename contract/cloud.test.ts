import { Emulator } from "@effect-wechat/emulator"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { createRequire } from "node:module"
import { suite } from "./suite.js"
import { failureOf } from "./world.js"

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

  it.effect(`a key that the gateway does not know is no passing trouble, over wx-server-sdk ${version}`, () =>
    Effect.gen(function* () {
      const { gatewayUrl, secretKey } = yield* Emulator.Emulator
      const layer = CloudTransport.layer({
        cloud: () => require(sdk) as CloudTransport.WxServerSdk,
        init: { env: "contract-env", secretId: "AKIDwrong", secretKey, serviceUrl: gatewayUrl }
      })
      const error = yield* failureOf(PluginManager.getPluginList).pipe(Effect.provide(layer))
      assert.deepInclude({ ...error }, { _tag: "CloudRequestInvalid", endpoint: "gateway", isRetryable: false })
    }).pipe(Effect.provide(Emulator.layer()))
  )
}
