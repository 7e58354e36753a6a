import { Emulator } from "@effect-wechat/emulator"
import { postgresServer } from "@effect-wechat/test-support/postgresServer"
import { PgClient } from "@effect/sql-pg"
import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { appIdOf, worldOf } from "../../packages/fleet/test/support.js"
import { calls, inFlight, resultsIn, start } from "./stage.js"

const count = 1000

it.scopedLive("nothing is lost if PostgreSQL is stopped hard, and a new process goes on when it is back", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const postgres = yield* postgresServer
    const url = yield* postgres.database
    const results = resultsIn(PgClient.layer({ url: Redacted.make(url) }))
    const task = { baseUrl: emulator.url.href, apps: count, database: { url, port: 18_000 + (process.pid % 1000) } }
    const first = yield* start(task)
    yield* emulator.awaitRequest("plugin", 200)
    yield* postgres.stop
    yield* first.kill
    yield* first.ended
    const made = (yield* calls).length
    yield* postgres.start
    const recorded = new Set((yield* results).map(({ appId }) => appId))
    assert.isAtMost(made - recorded.size, inFlight)
    const [outcome, printed] = yield* (yield* start(task)).ended
    assert.strictEqual(outcome, "0", printed)
    assert.deepStrictEqual(
      (yield* results).map(({ appId }) => appId),
      Array.from({ length: count }, (_, at) => appIdOf(at))
    )
    const again = (yield* calls).slice(made).filter(({ appid }) => recorded.has(appid!))
    assert.deepStrictEqual(again, [])
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(count), journalLimit: Number.POSITIVE_INFINITY })))
)

it.scopedLive("a process goes on by itself if PostgreSQL is away for ten seconds", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const postgres = yield* postgresServer
    const url = yield* postgres.database
    const port = 19_000 + (process.pid % 1000)
    const runner = yield* start({ baseUrl: emulator.url.href, apps: count, database: { url, port } })
    yield* emulator.awaitRequest("plugin", 200)
    yield* postgres.stop
    yield* Effect.sleep("10 seconds")
    yield* postgres.start
    const [outcome, printed] = yield* runner.ended
    assert.strictEqual(outcome, "0", printed)
    assert.deepStrictEqual(
      (yield* resultsIn(PgClient.layer({ url: Redacted.make(url) }))).map(({ appId }) => appId),
      Array.from({ length: count }, (_, at) => appIdOf(at))
    )
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(count), journalLimit: Number.POSITIVE_INFINITY })))
)
