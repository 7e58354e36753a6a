import { Emulator, type Journal } from "@effect-wechat/emulator"
import { type Change, Results } from "@effect-wechat/fleet"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Random, Stream } from "effect"
import { spawn } from "node:child_process"
import { inject } from "vitest"
import { appIdOf, reader, temporaryFile, worldOf } from "../../packages/fleet/test/support.js"
import type { Task } from "./sweeper.js"

const apps = 2000
/** `batchSize × chunksAtOnce` */
const inFlight = 80
/** so few calls between two kills that the sweep cannot end before the last one */
const callsAtMost = 150

const seed = process.env["FLEET_SEED"] ?? String(Date.now())

const start = (task: Task) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const child = spawn("node", [inject("sweeper"), JSON.stringify(task)], { stdio: ["ignore", "pipe", "pipe"] })
        let printed = ""
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text: string) => (printed += text))
        }
        const ended = new Promise<string>((resolve) =>
          child.on("close", (code, signal) => resolve(`${signal ?? code} ${printed}`.trim()))
        )
        return { child, ended }
      }),
      ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
    ),
    ({ child, ended }) => ({
      ended: Effect.promise(() => ended),
      kill: Effect.sync(() => child.kill("SIGKILL"))
    })
  )

const resultsIn = (file: string) =>
  Effect.map(Stream.runCollect(Results.all(1)), (all) => [...all]).pipe(Effect.provide(Layer.fresh(reader(file))))

const callsOf = (entries: ReadonlyArray<Journal.Entry>) => entries.filter(({ endpoint }) => endpoint === "plugin")

/** Runs a sweep whose process is killed again and again, and returns its results and calls. */
const sweepUnderKills = (kills: number, change?: Change.Change) =>
  Effect.gen(function* () {
    yield* Effect.sync(() => console.log(`FLEET_SEED=${seed}`))
    const file = yield* temporaryFile
    const emulator = yield* Emulator.Emulator
    const calls = Effect.map(emulator.journal, callsOf)
    const task: Task = { baseUrl: emulator.url.href, file, apps, ...(change === undefined ? {} : { change }) }
    const kept: Array<{ readonly recorded: ReadonlySet<string>; readonly calls: number }> = []
    for (let kill = 1; kill <= kills; kill++) {
      const before = (yield* calls).length
      const process = yield* start(task)
      const nth = before + (yield* Random.nextIntBetween(1, callsAtMost + 1))
      const early = Effect.flatMap(process.ended, (outcome) => Effect.dieMessage(`ended by itself: ${outcome}`))
      yield* Effect.raceFirst(emulator.awaitRequest("plugin", nth), early)
      yield* process.kill
      assert.strictEqual(yield* process.ended, "SIGKILL")
      const recorded = yield* resultsIn(file)
      const made = yield* calls
      assert.isBelow(recorded.length, apps)
      assert.isAtMost(made.length - recorded.length, inFlight * kill)
      kept.push({ recorded: new Set(recorded.map(({ appId }) => appId)), calls: made.length })
    }
    const last = yield* start(task)
    assert.strictEqual(yield* last.ended, "0")
    const all = yield* calls
    for (const { calls, recorded } of kept) {
      const again = all.slice(calls).filter(({ appid }) => recorded.has(appid!))
      assert.deepStrictEqual(again, [])
    }
    assert.isAtMost(all.length, apps + inFlight * kills)
    const results = yield* resultsIn(file)
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
