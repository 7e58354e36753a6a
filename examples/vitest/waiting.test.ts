import { Emulator, Fault } from "@effect-wechat/emulator"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { waiting } from "./waiting.js"

/** An emulator of WeChat for each test, and the transport that calls it. */
const WeChat = Emulator.layerFrom(({ appId, appSecret, url }) =>
  HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url })
).pipe(Layer.provideMerge(Emulator.layer()))

it.live("names the plugin that waits for an answer", () =>
  Effect.gen(function* () {
    expect(yield* waiting).toEqual(["插件昵称"])
  }).pipe(Effect.provide(WeChat))
)

it.live("names it no longer after three days, when the application has timed out", () =>
  Effect.gen(function* () {
    const wechat = yield* Emulator.Emulator
    yield* wechat.advance("3 days")
    expect(yield* waiting).toEqual([])
  }).pipe(Effect.provide(WeChat))
)

it.live("fails with WeChat's error", () =>
  Effect.gen(function* () {
    const wechat = yield* Emulator.Emulator
    yield* wechat.fault(Fault.errcode(40164, { on: "token" }))
    const error = yield* Effect.flip(waiting)
    expect(error._tag).toBe("IpNotAllowed")
  }).pipe(Effect.provide(WeChat))
)
