import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { Authorizers, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"

const appids = Array.from({ length: 1001 }, (_, at) => `wx-${at}`)

const world = World.make({
  miniPrograms: [{ appid: "wx-0" }],
  components: [
    {
      appid: "wx-platform",
      authorizations: appids.map((appid, at) => ({ appid, refreshToken: `s3cret-${appid}`, authTime: at }))
    }
  ]
})
const component = world.components[0]!

const platform = Layer.unwrapEffect(
  Effect.map(Emulator.Emulator, ({ url }) =>
    ThirdPartyMiniPrograms.layerFetch({
      componentAppId: component.appid,
      componentAppSecret: component.appSecret,
      baseUrl: url,
      verifyTicket: Effect.succeed(component.verifyTicket),
      refreshToken: () => Effect.dieMessage("no mini program is called"),
      onRefreshToken: () => Effect.dieMessage("no mini program is called")
    })
  )
)

const inWorld = Effect.provide(Layer.provideMerge(platform, Emulator.layer({ world })))

const pages = Effect.map(
  Effect.flatMap(Emulator.Emulator, ({ journal }) => journal),
  (entries) => entries.filter(({ operation }) => operation === "getAuthorizerList")
)

describe("Authorizers", () => {
  it.effect("are read page by page, as far as they are needed, with the platform's token", () =>
    Effect.gen(function* () {
      const all = [...(yield* Stream.runCollect(Authorizers.all))]
      assert.deepStrictEqual(
        all.map(({ appId }) => appId),
        appids
      )
      const last = all.at(-1)!
      assert.strictEqual(Redacted.value(last.refreshToken), "s3cret-wx-1000")
      assert.strictEqual(last.authorizedAt, 1_000_000)
      assert.notInclude(JSON.stringify(all), "s3cret")
      const asked = yield* pages
      assert.deepStrictEqual(
        asked.map(({ body }) => body),
        [0, 500, 1000].map((offset) => ({ component_appid: "wx-platform", offset, count: 500 }))
      )
      assert.strictEqual(asked[0]!.credential?.parameter, "component_access_token")
      assert.lengthOf([...(yield* Stream.runCollect(Stream.take(Authorizers.all, 3)))], 3)
      assert.lengthOf(yield* pages, 4)
    }).pipe(inWorld)
  )

  it.live("are asked for again after a busy reply, and end with the error of a refusal", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(-1, { on: "getAuthorizerList", nth: 2 }))
      assert.strictEqual(yield* Stream.runCount(Authorizers.all), appids.length)
      assert.lengthOf(yield* pages, 4)
      yield* fault(Fault.errcode(61004, { on: "getAuthorizerList" }))
      const error = yield* Effect.flip(Stream.runDrain(Authorizers.all))
      assert.deepInclude({ ...error }, { errcode: 61004 })
      yield* fault(Fault.body(`{"total_count":1,"list":[{"refresh_token":"s3cret"}]}`, { on: "getAuthorizerList" }))
      const invalid = yield* Effect.flip(Stream.runDrain(Authorizers.all))
      assert.strictEqual(invalid._tag, "WechatDecodeError")
      assert.notInclude(invalid.message + JSON.stringify(invalid), "s3cret")
    }).pipe(inWorld)
  )
})
