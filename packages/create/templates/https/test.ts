import { Emulator, Fault } from "@effect-wechat/emulator"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { lines } from "./plugins.js"

const WeChat = Emulator.layerFrom(({ appId, appSecret, url }) =>
  NodeTransport.layerNode({ appId, appSecret, baseUrl: url })
).pipe(Layer.provideMerge(Emulator.layer()))

it.live("lists the plugins of the emulator", () =>
  Effect.gen(function* () {
    const [first, ...others] = yield* lines
    expect(first).toBe("aaaa 插件昵称: applying")
    expect(others).toHaveLength(3)
  }).pipe(Effect.provide(WeChat))
)

it.live("fails with WeChat's error", () =>
  Effect.gen(function* () {
    const wechat = yield* Emulator.Emulator
    yield* wechat.fault(Fault.errcode(45009))
    const error = yield* Effect.flip(lines)
    expect(error._tag).toBe("DailyQuotaExceeded")
  }).pipe(Effect.provide(WeChat))
)
