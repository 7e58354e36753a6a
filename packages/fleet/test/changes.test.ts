import { Emulator } from "@effect-wechat/emulator"
import { Results, SweepDiff, SweepExport } from "@effect-wechat/fleet"
import { assert, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { appIdOf, fleet, sweep, temporaryFile, worldOf } from "./support.js"

it.scopedLive("a change is made once to each mini program, a dry run makes none, and the difference shows it", () =>
  Effect.gen(function* () {
    const file = yield* temporaryFile
    const emulator = yield* Emulator.Emulator
    yield* Effect.gen(function* () {
      const before = yield* sweep("before", 4)
      const change = { kind: "apply", pluginAppid: "wxpay", reason: "收款" } as const
      const outcomes = (key: string, options: object) =>
        Effect.flatMap(sweep(key, 4, options), ({ sweep: { id } }) =>
          Effect.map(Stream.runCollect(Results.all(id)), (all) => [...all].map(({ outcome }) => outcome))
        )
      const { applications } = yield* emulator.world
      assert.deepStrictEqual(yield* outcomes("dry", { change: { ...change, dryRun: true } }), [
        "wouldChange",
        "unchanged",
        "wouldChange",
        "unchanged"
      ])
      assert.deepStrictEqual((yield* emulator.world).applications, applications)
      assert.deepStrictEqual(yield* outcomes("apply", { change }), ["changed", "unchanged", "changed", "unchanged"])
      assert.deepStrictEqual(yield* outcomes("again", { change }), Array(4).fill("unchanged"))
      assert.lengthOf((yield* emulator.world).applications, 6)
      assert.deepStrictEqual(yield* outcomes("unbind", { change: { kind: "unbind", pluginAppid: "wxmap" } }), [
        "changed",
        "unchanged",
        "changed",
        "unchanged"
      ])
      const after = yield* sweep("after", 4)
      const differences = yield* Stream.runCollect(SweepDiff.diff(before.sweep.id, after.sweep.id))
      assert.deepStrictEqual<unknown>(
        [...differences],
        [0, 2].flatMap((at) => [
          { appId: appIdOf(at), pluginAppid: "wxmap", nickname: "地图", before: "approved" },
          { appId: appIdOf(at), pluginAppid: "wxpay", nickname: "支付", after: "applying" }
        ])
      )
      const csv = yield* Stream.mkString(SweepExport.csv(after.sweep.id))
      assert.lengthOf(csv.trimEnd().split("\r\n"), 5)
      assert.include(csv, `${appIdOf(0)},listed,wxpay,支付,applying,收款,`)
      const lines = yield* Stream.mkString(SweepExport.jsonLines(after.sweep.id))
      assert.lengthOf(
        lines
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
        4
      )
      const [most] = yield* Results.pluginsByStatus(after.sweep.id)
      assert.deepStrictEqual<unknown>([most?.pluginAppid, most?.apps], ["wxpay", 2])
    }).pipe(
      Effect.provide(
        fleet(file, { limits: { fleet: { calls: 1000, per: "1 second" }, app: { calls: 100, per: "1 second" } } })
      )
    )
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(4) })))
)
