import { Emulator } from "@effect-wechat/emulator"
import { Fleet, Results, Sweep } from "@effect-wechat/fleet"
import { SqlClient } from "@effect/sql"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { appIdOf, appsOf, fleet, sweep, temporaryFile, worldOf } from "./support.js"

const rowsOf = (...tables: ReadonlyArray<string>) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    Effect.forEach(tables, (table) =>
      Effect.map(sql<{ count: bigint }>`SELECT count(*) AS count FROM ${sql(table)}`, ([row]) => Number(row!.count))
    )
  )

const engine = rowsOf("cluster_messages", "cluster_replies")
const results = rowsOf("fleet_sweep", "fleet_app", "fleet_listing")

const keys = Effect.map(Sweep.list, (sweeps) => sweeps.map(({ key }) => key))

describe("a sweep that has ended", () => {
  it.scopedLive("leaves nothing in the engine's tables", () =>
    Effect.gen(function* () {
      yield* Effect.gen(function* () {
        yield* sweep("waited for", 250)
        assert.deepStrictEqual(yield* engine, [0, 0])
        const id = yield* (yield* Fleet.Fleet).start({ key: "cancelled", apps: appsOf(250) })
        yield* Sweep.cancel(id)
        yield* (yield* Fleet.Fleet).wait(id)
        assert.deepStrictEqual(yield* engine, [0, 0])
        assert.deepStrictEqual(yield* keys, ["cancelled", "waited for"])
      }).pipe(Effect.provide(fleet(yield* temporaryFile)))
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(250) })))
  )

  it.scopedLive("keeps its results until it is pruned, and only the sweeps that are older are pruned", () =>
    Effect.gen(function* () {
      const file = yield* temporaryFile
      const old = yield* Effect.provide(sweep("old", 250), fleet(file))
      yield* Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        assert.deepStrictEqual(yield* Sweep.prune("1 hour"), [])
        yield* sql`UPDATE fleet_sweep SET ended_at = ended_at - 7200000`
        yield* sweep("new", 3)
        assert.deepStrictEqual(yield* Sweep.prune("1 hour"), [old.sweep.id])
        assert.deepStrictEqual(yield* keys, ["new"])
        assert.deepStrictEqual(yield* results, [1, 3, 3])
        const history = yield* Results.history(appIdOf(0))
        assert.deepStrictEqual(
          history.map(({ result }) => result.plugins.map(({ nickname }) => nickname)),
          [["地图"]]
        )
        // its key is free again, and its number is not
        const again = yield* sweep("old", 1)
        assert.isAbove(again.sweep.id, old.sweep.id + 1)
      }).pipe(Effect.provide(fleet(file)))
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(250) })))
  )

  it.scopedLive("is pruned by itself after the configured time", () =>
    Effect.gen(function* () {
      yield* Effect.gen(function* () {
        const { done } = yield* sweep("at once", 3)
        assert.strictEqual(done, 3)
        assert.deepStrictEqual(yield* keys, [])
        assert.deepStrictEqual(yield* results, [0, 0, 0])
      }).pipe(Effect.provide(fleet(yield* temporaryFile, { retention: 0 })))
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(3) })))
  )
})
