import { Emulator } from "@effect-wechat/emulator"
import { Fleet, FleetDatabase, Results, SqlRateLimit, Sweep } from "@effect-wechat/fleet"
import { RateLimiter } from "@effect/experimental"
import { SqlClient, type SqlError } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Chunk, Context, Duration, Effect, Layer, Stream } from "effect"
import { appsOf, fleet, listCalls, reader, sweep, temporaryFile, worldOf } from "./support.js"

it.scopedLive("a full disk ends the wait with an error that says so, and the sweep goes on when there is room", () =>
  Effect.gen(function* () {
    const file = yield* temporaryFile
    const [id, error] = yield* Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const service = yield* Fleet.Fleet
      const id = yield* service.start({ key: "full", apps: appsOf(400) })
      yield* Sweep.pause(id)
      const [pages] = yield* sql<{ page_count: bigint }>`PRAGMA page_count`
      // as on a disk that is full: SQLite refuses what needs a new page
      yield* sql`PRAGMA max_page_count = ${sql.literal(String(pages!.page_count + 3n))}`
      yield* Sweep.resume(id)
      return [id, (yield* Effect.flip(service.wait(id))) as SqlError.SqlError] as const
    }).pipe(Effect.provide(fleet(file, { batchSize: 10, chunksAtOnce: 1, patience: "300 millis" })))
    assert.strictEqual(error._tag, "SqlError")
    assert.match(error.message, /refused its service for 300ms.*disk is full.*goes on where it was/)
    const recorded = yield* Effect.provide(Stream.runCollect(Results.all(id)), reader(file))
    assert.isBelow(recorded.length, 400)
    const { done, sweep: ended } = yield* Effect.provide(
      Effect.flatMap(Fleet.Fleet, (service) => service.wait(id)),
      fleet(file)
    )
    assert.deepStrictEqual([done, ended.state], [400, "done"])
    const calls = yield* listCalls
    assert.deepStrictEqual(
      Chunk.toReadonlyArray(recorded).filter(({ appId }) => calls.get(appId) !== 1),
      []
    )
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(400) })))
)

it.scopedLive("two clients of one database take what a rate limit has, and no more", () =>
  Effect.gen(function* () {
    const file = yield* temporaryFile
    const client = Effect.map(
      Layer.build(Layer.fresh(Layer.provide(SqlRateLimit.layerStore, FleetDatabase.layerLibsql({ file })))),
      (context) => Context.get(context, RateLimiter.RateLimiterStore)
    )
    const clients = yield* Effect.all([client, client])
    const take = { key: "shared", tokens: 1, limit: 10, refillRate: Duration.days(1), allowOverflow: false }
    const left = yield* Effect.forEach(
      Array.from({ length: 16 }, (_, at) => clients[at % 2]!),
      (client) => client.tokenBucket(take),
      { concurrency: "unbounded" }
    )
    assert.deepStrictEqual(
      left.filter((tokens) => tokens >= 0).sort((a, b) => a - b),
      Array.from({ length: 10 }, (_, at) => at)
    )
    const another = yield* clients[1].tokenBucket({ ...take, key: "another" })
    assert.strictEqual(another, 9)
  })
)

it.scopedLive("a sweep ends within its limits, also if it is stopped while calls wait for their turn", () =>
  Effect.gen(function* () {
    const file = yield* temporaryFile
    const limits = { fleet: { calls: 1, per: "1 hour" } } as const
    // one call has its turn at once, the others wait for hours
    const emulator = yield* Emulator.Emulator
    yield* Effect.gen(function* () {
      yield* (yield* Fleet.Fleet).start({ key: "limited", apps: appsOf(5) })
      yield* emulator.awaitRequest("plugin", 1)
    }).pipe(Effect.provide(fleet(file, { limits })))
    assert.strictEqual((yield* listCalls).size, 1)
    const { done } = yield* Effect.provide(sweep("unlimited", 5), fleet(file))
    assert.strictEqual(done, 5)
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(5) })))
)
