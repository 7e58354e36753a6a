import { Emulator } from "@effect-wechat/emulator"
import { Fleet, Results } from "@effect-wechat/fleet"
import { ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"
import { appIdOf, appsOf, fleet, sweep, temporaryFile, worldOf } from "./support.js"

const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) => Effect.map(Stream.runCollect(stream), (all) => [...all])

const component = {
  componentAppId: "wxcomponent",
  componentAppSecret: Redacted.make("made-up-secret-of-a-component-of-the-emulator"),
  verifyTicket: Effect.succeed(Redacted.make("ticket@@@made-up-of-the-emulator")),
  refreshToken: () => Effect.succeed(Redacted.make("refreshtoken@@@made-up-of-the-emulator")),
  onRefreshToken: () => Effect.void
}

it.scopedLive(
  "an update is made with the credentials of a third-party platform, and its outcome says what it did",
  () =>
    Effect.gen(function* () {
      const file = yield* temporaryFile
      const emulator = yield* Emulator.Emulator
      const miniPrograms = ThirdPartyMiniPrograms.layerFetch({ ...component, baseUrl: emulator.url })
      const outcomes = (key: string, userVersion: string, dryRun?: boolean) =>
        Effect.gen(function* () {
          const change = { kind: "update", pluginAppid: "wxmap", userVersion, ...(dryRun ? { dryRun } : {}) } as const
          const { sweep: ended } = yield* sweep(key, 3, { change })
          return (yield* collect(Results.all(ended.id))).map(({ error, outcome }) => error?.tag ?? outcome)
        })
      yield* Effect.gen(function* () {
        const before = yield* emulator.world
        assert.deepStrictEqual(yield* outcomes("dry", "1.1.0", true), [
          "wouldChange",
          "unchanged",
          "ComponentNotAuthorized"
        ])
        assert.deepStrictEqual(yield* emulator.world, before)
        // 80067 where the plugin is not used; the third one has not authorized the platform
        assert.deepStrictEqual(yield* outcomes("update", "1.1.0"), [
          "changed",
          "PluginNotInRelease",
          "ComponentNotAuthorized"
        ])
        assert.deepStrictEqual(
          (yield* emulator.world).applications.map(({ userVersion }) => userVersion),
          ["1.1.0", undefined, undefined]
        )
        const [again] = yield* outcomes("again", "1.1.0")
        assert.strictEqual(again, "changed")
        const [unknown] = yield* outcomes("unknown", "9.9.9")
        assert.notStrictEqual(unknown, "changed")
      }).pipe(Effect.provide(Layer.provide(Fleet.layerLibsql({ file }), miniPrograms)))
    }).pipe(
      Effect.provide(
        Emulator.layer({
          world: worldOf(3, {
            plugins: [{ appid: "wxmap", versions: ["1.0.0", "1.1.0"] }, { appid: "wxpay" }],
            components: [
              { appid: component.componentAppId, authorizations: [{ appid: appIdOf(0) }, { appid: appIdOf(1) }] }
            ]
          })
        })
      )
    )
)

it.scopedLive("queries give all of many results in their order, and the history of one mini program", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    yield* Effect.gen(function* () {
      const count = 1100
      const all = Array.from({ length: count }, (_, at) => appIdOf(at))
      const first = yield* sweep("first", count)
      assert.deepStrictEqual(
        (yield* collect(Results.all(first.sweep.id))).map(({ appId }) => appId),
        all
      )
      const map = yield* collect(Results.appsByPlugin(first.sweep.id, "wxmap"))
      assert.deepStrictEqual(
        map,
        all.filter((_, at) => at % 2 === 0)
      )
      assert.lengthOf(yield* collect(Results.appsByPlugin(first.sweep.id, "wxmap", "refused")), 0)
      assert.lengthOf(yield* collect(Results.appsByPlugin(first.sweep.id, "wxpay", "approved")), count / 2)
      const world = yield* emulator.world
      yield* emulator.seed({ ...world, applications: world.applications.slice(1) })
      const second = yield* sweep("second", 0, { apps: Stream.take(appsOf(count), 2) })
      const history = yield* Results.history(appIdOf(0))
      assert.deepStrictEqual(
        history.map(({ result, sweepId }) => [sweepId, result.plugins.map(({ pluginAppid }) => pluginAppid)]),
        [
          [first.sweep.id, ["wxmap"]],
          [second.sweep.id, []]
        ]
      )
      assert.lengthOf(yield* Results.history(appIdOf(7)), 1)
      assert.lengthOf(yield* Results.history("wxnobody"), 0)
    }).pipe(Effect.provide(fleet(yield* temporaryFile)))
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(1100) })))
)
