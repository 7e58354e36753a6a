import { Emulator, Fault } from "@effect-wechat/emulator"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { lines } from "./plugins.js"

// without it, wx-server-sdk looks for a metadata server of the cloud
process.env["TENCENTCLOUD"] = "true"

const WeChat = Emulator.layerFrom(({ gatewayUrl, secretId, secretKey }) =>
  CloudTransport.layer({
    cloud: () => import("wx-server-sdk"),
    init: { env: "test", secretId, secretKey, serviceUrl: gatewayUrl }
  })
).pipe(Layer.provideMerge(Emulator.layer()))

it.live(
  "lists the plugins of the emulator",
  () =>
    Effect.gen(function* () {
      const [first, ...others] = yield* lines
      expect(first).toBe("aaaa 插件昵称: applying")
      expect(others).toHaveLength(3)
    }).pipe(Effect.provide(WeChat)),
  // the SDK may take seconds to load
  60_000
)

it.live(
  "fails with WeChat's error",
  () =>
    Effect.gen(function* () {
      const wechat = yield* Emulator.Emulator
      yield* wechat.fault(Fault.errcode(45009))
      const error = yield* Effect.flip(lines)
      expect(error._tag).toBe("DailyQuotaExceeded")
    }).pipe(Effect.provide(WeChat)),
  // the SDK may take seconds to load
  60_000
)
