import { Emulator } from "@effect-wechat/emulator"
import { postgresServer } from "@effect-wechat/test-support/postgresServer"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { appIdOf, worldOf } from "../../packages/fleet/test/support.js"
import { calls, inFlight, resultsIn, start } from "./stage.js"

/** below the ports that the system gives to clients: two runners may not find theirs taken */
const ports = Array.from({ length: 2 }, (_, at) => 20_000 + 2 * (process.pid % 5000) + at)

const emulatorOf = (count: number, arrivals: Array<number> = []) =>
  Emulator.layer({
    world: worldOf(count),
    journalLimit: Number.POSITIVE_INFINITY,
    onRequest: ({ endpoint }) =>
      Effect.sync(() => {
        if (endpoint === "plugin") {
          arrivals.push(Date.now())
        }
      })
  })

/** Starts two runners of one sweep. */
const startBoth = (url: string, apps: number, limit?: number) =>
  Effect.flatMap(Emulator.Emulator, (emulator) =>
    Effect.forEach(ports, (port) =>
      start({ baseUrl: emulator.url.href, database: { url, port }, apps, ...(limit === undefined ? {} : { limit }) })
    )
  )

const read = (url: string) => resultsIn(PgClient.layer({ url: Redacted.make(url) }))

const all = (count: number) => Array.from({ length: count }, (_, at) => appIdOf(at))

describe("two runners on PostgreSQL", () => {
  const rounds = Number(process.env["FLEET_ROUNDS"] ?? 8)
  it.scopedLive(`start on an empty database together, ${rounds} times of ${rounds}`, () =>
    Effect.gen(function* () {
      const { database } = yield* postgresServer
      for (let round = 0; round < rounds; round++) {
        const runners = yield* startBoth(yield* database, 10)
        const outcomes = yield* Effect.forEach(runners, ({ ended }) => ended)
        assert.deepStrictEqual(
          outcomes.map(([outcome]) => outcome),
          ["0", "0"],
          outcomes.join(" ")
        )
      }
    }).pipe(Effect.provide(emulatorOf(10)))
  )

  const arrivals: Array<number> = []
  it.scopedLive("share a sweep and a rate limit", () =>
    Effect.gen(function* () {
      const [count, limit] = [2000, 200]
      const { database } = yield* postgresServer
      const url = yield* database
      const runners = yield* startBoth(url, count, limit)
      const outcomes = yield* Effect.forEach(runners, ({ ended }) => ended)
      assert.deepStrictEqual(
        outcomes.map(([outcome]) => outcome),
        ["0", "0"],
        outcomes.join(" ")
      )
      const made = outcomes.map(([, printed]) => Number(printed.split("\n").at(-1)))
      const seconds = (arrivals.at(-1)! - arrivals[0]!) / 1000
      yield* Effect.sync(() =>
        console.log(`${made.join(" and ")} calls, ${(arrivals.length / seconds).toFixed(0)}/s of ${limit}`)
      )
      // 20 chunks fall to the runners by their hashes
      assert.isAtLeast(Math.min(...made), 0.15 * count, outcomes.join(" "))
      // a second for the way of the first call
      assert.isAtMost(arrivals.length, limit * (seconds + 1))
      assert.deepStrictEqual(
        (yield* read(url)).map(({ appId }) => appId),
        all(count)
      )
    }).pipe(Effect.provide(emulatorOf(2000, arrivals)))
  )

  // one of them runs the workflow of the sweep, and it is the same one each time
  for (const killed of [0, 1]) {
    const arrivals: Array<number> = []
    it.scopedLive(`lose nothing if runner ${killed + 1} is killed, and the other goes on`, () =>
      Effect.gen(function* () {
        const count = 1200
        const { database } = yield* postgresServer
        const url = yield* database
        const runners = yield* startBoth(url, count)
        const emulator = yield* Emulator.Emulator
        yield* emulator.awaitRequest("plugin", 400)
        yield* runners[killed]!.kill
        assert.strictEqual((yield* runners[killed]!.ended)[0], "SIGKILL")
        const recorded = new Set((yield* read(url)).map(({ appId }) => appId))
        const made = (yield* calls).length
        const [outcome, printed] = yield* runners[1 - killed]!.ended
        assert.strictEqual(outcome, "0", printed)
        assert.deepStrictEqual(
          (yield* read(url)).map(({ appId }) => appId),
          all(count)
        )
        const again = (yield* calls).slice(made).filter(({ appid }) => recorded.has(appid!))
        assert.deepStrictEqual(again, [])
        // once for the kill, and once for the chunks that moved when the second runner came
        assert.isAtMost((yield* calls).length, count + 2 * inFlight)
        const pause = Math.max(...arrivals.slice(1).map((at, before) => at - arrivals[before]!))
        yield* Effect.sync(() => console.log(`the longest pause was ${(pause / 1000).toFixed(1)} s`))
        assert.isAtMost(pause, 15_000)
      }).pipe(Effect.provide(emulatorOf(1200, arrivals)))
    )
  }
})
