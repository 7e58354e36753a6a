import { Emulator, World } from "@effect-wechat/emulator"
import { Fleet, Results } from "@effect-wechat/fleet"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { Authorizers, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, type Redacted, Stream } from "effect"
import { temporaryFile } from "./support.js"

const world = World.make({
  miniPrograms: [{ appid: "wx-a" }, { appid: "wx-b" }, { appid: "wx-c" }],
  components: [{ appid: "wx-platform", authorizations: [{ appid: "wx-a" }, { appid: "wx-b" }] }]
})
const component = world.components[0]!

it.scopedLive("a platform sweeps who has authorized it: who comes is swept, who leaves is not", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const file = yield* temporaryFile
    const { url } = yield* httpServer((_, response) => response.end("success"))
    const refreshTokens = new Map<string, Redacted.Redacted<string>>()
    const platform = ThirdPartyMiniPrograms.layerFetch({
      componentAppId: component.appid,
      componentAppSecret: component.appSecret,
      baseUrl: emulator.url,
      verifyTicket: Effect.map(emulator.world, ({ components }) => components[0]!.verifyTicket),
      refreshToken: (appId) => Effect.fromNullable(refreshTokens.get(appId)),
      onRefreshToken: (appId, refreshToken) => Effect.sync(() => refreshTokens.set(appId, refreshToken))
    })
    const apps = Stream.map(Authorizers.all, ({ appId, refreshToken }) => {
      refreshTokens.set(appId, refreshToken)
      return appId
    })
    const sweep = (key: string) =>
      Effect.gen(function* () {
        const fleet = yield* Fleet.Fleet
        const id = yield* fleet.start({ key, apps })
        yield* fleet.wait(id)
        return [...(yield* Stream.runCollect(Results.all(id)))].map(({ appId, outcome }) => [appId, outcome])
      })
    yield* Effect.gen(function* () {
      assert.deepStrictEqual(yield* sweep("one"), [
        ["wx-a", "listed"],
        ["wx-b", "listed"]
      ])
      yield* emulator.push({ event: "authorized", appid: "wx-c", url })
      yield* emulator.push({ event: "unauthorized", appid: "wx-a", url })
      assert.deepStrictEqual(yield* sweep("two"), [
        ["wx-b", "listed"],
        ["wx-c", "listed"]
      ])
    }).pipe(Effect.provide(Layer.provideMerge(Fleet.layerLibsql({ file, pollInterval: "20 millis" }), platform)))
  }).pipe(Effect.provide(Emulator.layer({ world })))
)
