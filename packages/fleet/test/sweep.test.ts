import { Emulator, Fault } from "@effect-wechat/emulator"
import { Fleet, FleetDatabase, Results, Sweep } from "@effect-wechat/fleet"
import { assert, describe, it } from "@effect/vitest"
import type { SqlClient, SqlError } from "@effect/sql"
import { Effect, Layer, Stream } from "effect"
import { readFileSync } from "node:fs"
import { appIdOf, appsOf, fleet, listCalls, reader, sweep, temporaryFile, worldOf } from "./support.js"

const collect = <A, E, R>(stream: Stream.Stream<A, E, R>) => Effect.map(Stream.runCollect(stream), (all) => [...all])

/** Lets sockets and timers have their turn: libsql replies without one. */
const turn: Effect.Effect<void> = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

/** Reads how far a sweep is until it is there. */
const until = (
  sweepId: Sweep.SweepId,
  is: (progress: Sweep.Progress) => boolean
): Effect.Effect<void, Sweep.SweepNotFound | SqlError.SqlError, SqlClient.SqlClient> =>
  Effect.flatMap(Sweep.progress(sweepId), (progress) =>
    is(progress) ? Effect.void : Effect.zipRight(turn, until(sweepId, is))
  )

describe("a sweep", () => {
  it.scopedLive("asks every mini program once, also one that is named twice, and has one result for each", () =>
    Effect.gen(function* () {
      const file = yield* temporaryFile
      const twice = Stream.concat(appsOf(250), appsOf(30))
      const { done, failed, sweep: ended } = yield* Effect.provide(sweep("first", 0, { apps: twice }), fleet(file))
      assert.deepStrictEqual([done, failed, ended.state, ended.total], [250, 0, "done", 250])
      const calls = yield* listCalls
      assert.strictEqual(calls.size, 250)
      assert.deepStrictEqual([...new Set(calls.values())], [1])
      const results = yield* Effect.provide(collect(Results.all(ended.id)), reader(file))
      assert.deepStrictEqual(
        results.map(({ appId }) => appId),
        Array.from({ length: 250 }, (_, at) => appIdOf(at))
      )
      const { recordedAt: _, ...first } = results[0]!
      assert.deepStrictEqual<unknown>(first, {
        appId: appIdOf(0),
        outcome: "listed",
        plugins: [
          {
            pluginAppid: "wxmap",
            status: "approved",
            nickname: "地图",
            headimgurl: "http://wx.qlogo.cn/mmhead/emulator-plugin/0"
          }
        ]
      })
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(250) })))
  )

  it.scopedLive("of no mini programs ends at once", () =>
    Effect.gen(function* () {
      const { done, sweep: ended } = yield* Effect.provide(
        sweep("none", 0, { apps: Stream.empty }),
        fleet(yield* temporaryFile)
      )
      assert.deepStrictEqual([done, ended.total, ended.state], [0, 0, "done"])
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.scopedLive(
    "has an error of a mini program as its result, repeats what passes by itself, and keeps no secret",
    () =>
      Effect.gen(function* () {
        const file = yield* temporaryFile
        const emulator = yield* Emulator.Emulator
        yield* emulator.fault(Fault.errcode(-1, { on: "list", nth: 2 }))
        const apps = Stream.concat(appsOf(4), Stream.make("wxnobody", " "))
        const { done, failed, sweep: ended } = yield* Effect.provide(sweep("errors", 0, { apps }), fleet(file))
        assert.deepStrictEqual([done, failed, ended.state], [6, 4, "done"])
        yield* Effect.gen(function* () {
          const found = yield* collect(Results.all(ended.id))
          assert.deepStrictEqual<unknown>(
            found.map(({ appId, error, outcome }) => [appId, outcome, error?.category, error?.tag]),
            [
              [" ", "failed", "usage", "InvalidOptions"],
              [appIdOf(0), "listed", undefined, undefined],
              [appIdOf(1), "failed", "credential", "InvalidAppSecret"],
              [appIdOf(2), "failed", "permission", "IpNotAllowed"],
              [appIdOf(3), "listed", undefined, undefined],
              ["wxnobody", "failed", "credential", "InvalidAppId"]
            ]
          )
          assert.deepStrictEqual(yield* collect(Results.failedApps(ended.id, "permission")), [appIdOf(2)])
          assert.lengthOf(yield* collect(Results.failedApps(ended.id)), 4)
          const counts = yield* Results.failures(ended.id)
          assert.strictEqual(
            counts.reduce((sum, { apps }) => sum + apps, 0),
            4
          )
        }).pipe(Effect.provide(reader(file)))
        const calls = yield* listCalls
        assert.deepStrictEqual([...calls.values()].sort(), [1, 2])
        const kept = readFileSync(file, "latin1") + readFileSync(`${file}-wal`, "latin1")
        assert.include(kept, "InvalidAppSecret")
        assert.notInclude(kept, "made-up-secret")
        assert.notInclude(kept, "access_token")
      }).pipe(
        Effect.provide(
          Emulator.layer({
            world: worldOf(4, {
              miniPrograms: [
                { appid: appIdOf(0) },
                { appid: appIdOf(1), appSecret: "another" },
                { appid: appIdOf(2), ipWhitelist: ["10.0.0.1"] },
                { appid: appIdOf(3) }
              ]
            })
          })
        )
      )
  )

  it.scopedLive("is not started twice by the same key", () =>
    Effect.gen(function* () {
      const [first, again, second] = yield* Effect.all([
        sweep("nightly", 120),
        sweep("nightly", 120),
        sweep("next", 120)
      ]).pipe(Effect.provide(fleet(yield* temporaryFile)))
      assert.strictEqual(first.sweep.id, again.sweep.id)
      assert.notStrictEqual(first.sweep.id, second.sweep.id)
      assert.deepStrictEqual([...new Set((yield* listCalls).values())], [2])
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(120) })))
  )

  it.scopedLive(
    "that is paused calls nothing until it is resumed, and one that is cancelled ends after its batch",
    () =>
      Effect.gen(function* () {
        const file = yield* temporaryFile
        const emulator = yield* Emulator.Emulator
        const hold = emulator.fault(Fault.hold({ on: "list", times: 5 }))
        yield* Effect.gen(function* () {
          const service = yield* Fleet.Fleet
          yield* hold
          const id = yield* service.start({ key: "held", apps: appsOf(60) })
          yield* emulator.awaitRequest("plugin", 5)
          yield* Sweep.pause(id)
          yield* emulator.release
          yield* until(id, ({ done }) => done === 5)
          for (let reads = 0; reads < 200; reads++) {
            yield* turn
            assert.strictEqual((yield* Sweep.progress(id)).done, 5)
          }
          assert.lengthOf([...(yield* listCalls).values()], 5)
          yield* hold
          yield* Effect.provide(Sweep.resume(id), Layer.fresh(reader(file)))
          yield* emulator.awaitRequest("plugin", 10)
          yield* Sweep.cancel(id)
          yield* emulator.release
          const { done, sweep: ended } = yield* service.wait(id)
          assert.deepStrictEqual([done, ended.state], [10, "cancelled"])
          assert.lengthOf([...(yield* listCalls).values()], 10)
          assert.deepStrictEqual(
            yield* Effect.flip(Sweep.resume(id)),
            new Sweep.SweepNotActive({ sweepId: id, state: "cancelled" })
          )
          assert.deepStrictEqual(yield* Effect.flip(Sweep.pause(99)), new Sweep.SweepNotFound({ sweepId: 99 }))
        }).pipe(Effect.provide(fleet(file, { batchSize: 5, chunksAtOnce: 1 })))
      }).pipe(Effect.provide(Emulator.layer({ world: worldOf(60) })))
  )

  it.scopedLive("goes on where it was when its process starts again", () =>
    Effect.gen(function* () {
      const file = yield* temporaryFile
      const emulator = yield* Emulator.Emulator
      const options = { batchSize: 10, chunksAtOnce: 1 }
      yield* emulator.fault(Fault.hold({ on: "list", nth: 31, times: 10 }))
      const id = yield* Effect.gen(function* () {
        const id = yield* (yield* Fleet.Fleet).start({ key: "stopped", apps: appsOf(150) })
        yield* emulator.awaitRequest("plugin", 40)
        return id
      }).pipe(Effect.provide(fleet(file, options)))
      yield* emulator.release
      const { done } = yield* Effect.provide(
        Effect.flatMap(Fleet.Fleet, (service) => service.wait(id)),
        fleet(file, options)
      )
      assert.strictEqual(done, 150)
      const calls = [...(yield* listCalls).values()]
      assert.strictEqual(calls.filter((count) => count === 1).length, 140)
      assert.strictEqual(calls.filter((count) => count === 2).length, 10)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(150) })))
  )

  it.scopedLive("keeps others from running sweeps in its file", () =>
    Effect.gen(function* () {
      const file = yield* temporaryFile
      yield* Layer.build(fleet(file))
      const error = yield* Effect.flip(Effect.scoped(Layer.build(Layer.fresh(fleet(file)))))
      assert.instanceOf(error, FleetDatabase.FleetDatabaseError)
      assert.deepStrictEqual([error.file, error.reason], [file, "locked"])
      const missing = yield* Effect.flip(Effect.scoped(Layer.build(reader("/nowhere/fleet.db"))))
      assert.strictEqual(missing.reason, "open")
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
