import { Emulator } from "@effect-wechat/emulator"
import type { Change } from "@effect-wechat/fleet"
import { assert, it } from "@effect/vitest"
import { Effect, Random } from "effect"
import { appIdOf, reader, temporaryFile, worldOf } from "../../packages/fleet/test/support.js"
import { calls, inFlight, resultsIn, start } from "./stage.js"
import type { Task } from "./sweeper.js"

const apps = 2000
/** so few calls between two kills that the sweep cannot end before the last one */
const callsAtMost = 150

const seed = process.env["FLEET_SEED"] ?? String(Date.now())

/** Runs a sweep whose process is killed again and again, and returns its results and calls. */
const sweepUnderKills = (kills: number, change?: Change.Change) =>
  Effect.gen(function* () {
    yield* Effect.sync(() => console.log(`FLEET_SEED=${seed}`))
    const file = yield* temporaryFile
    const emulator = yield* Emulator.Emulator
    const task: Task = { baseUrl: emulator.url.href, database: file, apps, ...(change === undefined ? {} : { change }) }
    const kept: Array<{ readonly recorded: ReadonlySet<string>; readonly calls: number }> = []
    for (let kill = 1; kill <= kills; kill++) {
      const before = (yield* calls).length
      const process = yield* start(task)
      const nth = before + (yield* Random.nextIntBetween(1, callsAtMost + 1))
      const early = Effect.flatMap(process.ended, (outcome) =>
        Effect.dieMessage(`ended by itself: ${outcome.join(" ")}`)
      )
      yield* Effect.raceFirst(emulator.awaitRequest("plugin", nth), early)
      yield* process.kill
      assert.strictEqual((yield* process.ended)[0], "SIGKILL")
      const recorded = yield* resultsIn(reader(file))
      const made = yield* calls
      assert.isBelow(recorded.length, apps)
      assert.isAtMost(made.length - recorded.length, inFlight * kill)
      kept.push({ recorded: new Set(recorded.map(({ appId }) => appId)), calls: made.length })
    }
    const last = yield* start(task)
    assert.strictEqual((yield* last.ended)[0], "0")
    const all = yield* calls
    for (const { calls, recorded } of kept) {
      const again = all.slice(calls).filter(({ appid }) => recorded.has(appid!))
      assert.deepStrictEqual(again, [])
    }
    assert.isAtMost(all.length, apps + inFlight * kills)
    const results = yield* resultsIn(reader(file))
    assert.deepStrictEqual(
      results.map(({ appId }) => appId),
      Array.from({ length: apps }, (_, at) => appIdOf(at))
    )
    return { all, results }
  }).pipe(Effect.withRandom(Random.make(seed)))

it.scopedLive("a sweep killed ten times has one result for each mini program, and asks for none that has one", () =>
  Effect.gen(function* () {
    const { all, results } = yield* sweepUnderKills(10)
    assert.deepStrictEqual([...new Set(results.map(({ outcome }) => outcome))], ["listed"])
    yield* Effect.sync(() => console.log(`${all.length - apps} calls were repeated`))
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(apps), journalLimit: Number.POSITIVE_INFINITY })))
)

it.scopedLive("an application to all that is killed five times is made once for each mini program", () =>
  Effect.gen(function* () {
    const { all, results } = yield* sweepUnderKills(5, { kind: "apply", pluginAppid: "wxmap", reason: "地图" })
    assert.deepStrictEqual([...new Set(results.map(({ outcome }) => outcome))], ["changed"])
    const { applications } = yield* (yield* Emulator.Emulator).world
    assert.lengthOf(applications, apps)
    assert.strictEqual(new Set(applications.map(({ applicant }) => applicant)).size, apps)
    assert.lengthOf(
      all.filter(({ reply }) => reply.errcode === 0),
      apps
    )
    yield* Effect.sync(() => console.log(`${all.length - apps} calls were repeated`))
  }).pipe(
    Effect.provide(
      Emulator.layer({ world: worldOf(apps, { applications: [] }), journalLimit: Number.POSITIVE_INFINITY })
    )
  )
)
