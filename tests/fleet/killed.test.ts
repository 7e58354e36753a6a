import { Emulator, Fault, type Journal } from "@effect-wechat/emulator"
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Queue, Random } from "effect"
import { appIdOf, reader, temporaryFile, worldOf } from "../../packages/fleet/test/support.js"
import { calls, inFlight, resultsIn, start } from "./stage.js"
import type { Task } from "./sweeper.js"

const apps = 2000
/** so few calls between two kills that the sweep cannot end before the last one */
const callsAtMost = 150

const changes = {
  apply: { kind: "apply", pluginAppid: "wxmap", reason: "地图" },
  unbind: { kind: "unbind", pluginAppid: "wxmap" },
  update: { kind: "update", pluginAppid: "wxmap", userVersion: "1.0.0" }
} as const

const platform = "wxplatform"

/** A world in which each change is possible for all mini programs. */
const worldFor = (kind: keyof typeof changes, count: number) => {
  const appIds = Array.from({ length: count }, (_, at) => appIdOf(at))
  return worldOf(count, {
    applications: kind === "apply" ? [] : appIds.map((applicant) => ({ applicant, plugin: "wxmap", status: 2 })),
    components: [{ appid: platform, authorizations: appIds.map((appid) => ({ appid })) }]
  })
}

const emulatorFor = (kind: keyof typeof changes, count: number, onRequest: Emulator.Options["onRequest"]) =>
  Emulator.layer({
    world: worldFor(kind, count),
    journalLimit: Number.POSITIVE_INFINITY,
    ...(onRequest === undefined ? {} : { onRequest })
  })

/** WeChat's state has the change of each mini program once. */
const assertMadeOnce = (kind: keyof typeof changes, count: number) =>
  Effect.gen(function* () {
    const { applications } = yield* (yield* Emulator.Emulator).world
    assert.lengthOf(applications, kind === "unbind" ? 0 : count)
    assert.strictEqual(new Set(applications.map(({ applicant }) => applicant)).size, applications.length)
    if (kind === "update") {
      assert.isTrue(applications.every(({ userVersion }) => userVersion === changes.update.userVersion))
    }
  })

/** The calls that WeChat has carried out; it refuses to repeat all but an update. */
const carriedOut = (made: ReadonlyArray<Journal.Entry>) => made.filter(({ reply }) => reply.errcode === 0)

const seed = process.env["FLEET_SEED"] ?? String(Date.now())

/** Runs a sweep whose process is killed again and again, and returns its results and calls. */
const sweepUnderKills = (kills: number, apps: number, options: Pick<Task, "change" | "platform"> = {}) =>
  Effect.gen(function* () {
    yield* Effect.sync(() => console.log(`FLEET_SEED=${seed}`))
    const file = yield* temporaryFile
    const emulator = yield* Emulator.Emulator
    const task: Task = { baseUrl: emulator.url.href, database: file, apps, ...options }
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
    const { all, results } = yield* sweepUnderKills(10, apps)
    assert.deepStrictEqual([...new Set(results.map(({ outcome }) => outcome))], ["listed"])
    yield* Effect.sync(() => console.log(`${all.length - apps} calls were repeated`))
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(apps), journalLimit: Number.POSITIVE_INFINITY })))
)

it.scopedLive("an application to all that is killed five times is made once for each mini program", () =>
  Effect.gen(function* () {
    const { all, results } = yield* sweepUnderKills(5, apps, { change: changes.apply })
    assert.deepStrictEqual([...new Set(results.map(({ outcome }) => outcome))], ["changed"])
    yield* assertMadeOnce("apply", apps)
    assert.lengthOf(carriedOut(all), apps)
    yield* Effect.sync(() => console.log(`${all.length - apps} calls were repeated`))
  }).pipe(Effect.provide(emulatorFor("apply", apps, undefined)))
)

for (const kind of ["unbind", "update"] as const) {
  const count = 900
  it.scopedLive(`${kind} of a plugin everywhere that is killed three times is made once for each mini program`, () =>
    Effect.gen(function* () {
      const { all, results } = yield* sweepUnderKills(3, count, { change: changes[kind], platform })
      assert.deepStrictEqual([...new Set(results.map(({ outcome }) => outcome))], ["changed"])
      yield* assertMadeOnce(kind, count)
      assert.lengthOf(kind === "unbind" ? carriedOut(all) : results, count)
    }).pipe(Effect.provide(emulatorFor(kind, count, undefined)))
  )
}

for (const kind of ["apply", "unbind", "update"] as const) {
  it.scopedLive(`${kind}: a process that dies between WeChat's answers and the checkpoint doubles nothing`, () =>
    Effect.gen(function* () {
      const count = 20
      const answered = yield* Queue.unbounded<void>()
      yield* Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const file = yield* temporaryFile
        const task = { baseUrl: emulator.url.href, database: file, apps: count, change: changes[kind], platform }
        // a batch is written when its last answer is there
        yield* emulator.fault(Fault.hold({ nth: count }))
        const first = yield* start(task)
        yield* Queue.takeN(answered, count - 1)
        yield* emulator.awaitRequest("plugin", count)
        yield* first.kill
        assert.strictEqual((yield* first.ended)[0], "SIGKILL")
        assert.deepStrictEqual(yield* resultsIn(reader(file)), [])
        yield* assertMadeOnce(kind, count)
        yield* emulator.release
        const [outcome, printed] = yield* (yield* start(task)).ended
        assert.strictEqual(outcome, "0", printed)
        const results = yield* resultsIn(reader(file))
        // although WeChat refuses the repetition of what it has done: the intent is in the database
        assert.deepStrictEqual(
          results.map(({ appId, outcome }) => [appId, outcome]),
          Array.from({ length: count }, (_, at) => [appIdOf(at), "changed"])
        )
        const repeated = (yield* calls).slice(count)
        assert.lengthOf(repeated, count)
        assert.lengthOf(carriedOut(repeated), kind === "update" ? count : 0)
        yield* assertMadeOnce(kind, count)
      }).pipe(
        Effect.provide(
          Layer.fresh(
            emulatorFor(kind, count, ({ endpoint }) =>
              endpoint === "plugin" ? Effect.asVoid(Queue.offer(answered, undefined)) : Effect.void
            )
          )
        )
      )
    })
  )
}
