import * as ShardingConfig from "@effect/cluster/ShardingConfig"
import * as SqlMessageStorage from "@effect/cluster/SqlMessageStorage"
import * as SqlRunnerStorage from "@effect/cluster/SqlRunnerStorage"
import * as Migrator from "@effect/sql/Migrator"
import * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** A table with a primary key of several columns: SQLite then keeps the rows in that key, not beside it. */
const clustered = (sql: SqlClient.SqlClient) =>
  sql.literal(sql.onDialectOrElse({ pg: () => "", orElse: () => "WITHOUT ROWID" }))

const counted = (sql: SqlClient.SqlClient) =>
  sql.literal(
    sql.onDialectOrElse({
      pg: () => "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
      orElse: () => "INTEGER PRIMARY KEY AUTOINCREMENT"
    })
  )

const createTables = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE TABLE fleet_sweep (
    sweep_id ${counted(sql)},
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    change TEXT,
    total INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    cleaned INTEGER NOT NULL DEFAULT 0
  )`
  yield* sql`CREATE TABLE fleet_app (
    sweep_id INTEGER NOT NULL,
    app_id TEXT NOT NULL,
    outcome TEXT,
    error_tag TEXT,
    error_category TEXT,
    errcode INTEGER,
    error_message TEXT,
    intent_at BIGINT,
    recorded_at BIGINT,
    PRIMARY KEY (sweep_id, app_id)
  ) ${clustered(sql)}`
  yield* sql`CREATE TABLE fleet_listing (
    sweep_id INTEGER NOT NULL,
    app_id TEXT NOT NULL,
    plugin_appid TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (sweep_id, app_id, plugin_appid)
  ) ${clustered(sql)}`
  yield* sql`CREATE TABLE fleet_plugin (plugin_appid TEXT PRIMARY KEY, nickname TEXT NOT NULL, headimgurl TEXT NOT NULL)`
  yield* sql`CREATE TABLE fleet_rate (key TEXT PRIMARY KEY, full_at DOUBLE PRECISION NOT NULL)`
})

const createMissing = Migrator.make({})({
  loader: Migrator.fromRecord({ "0001_create_tables": createTables }),
  table: "fleet_migrations"
})

/** Creates the tables that are missing. */
export const migrate: Effect.Effect<void, Migrator.MigrationError | SqlError, SqlClient.SqlClient> =
  Effect.asVoid(createMissing)

/** Creates the tables of the engine, which its storages do when they are made. */
const createEngineTables = Layer.build(Layer.merge(SqlMessageStorage.layer, SqlRunnerStorage.layer)).pipe(
  Effect.provide(ShardingConfig.layerDefaults),
  Effect.scoped
)

/** a number that no other lock of the database should have */
const lock = 7_295_301_842

/**
 * Creates the tables of a fleet. On PostgreSQL those of the engine too, and while one runner does so the others wait:
 * `CREATE TABLE IF NOT EXISTS` fails if two of them create the same table at once.
 */
export const migrateAll: Effect.Effect<void, Migrator.MigrationError | SqlError, SqlClient.SqlClient> = Effect.gen(
  function* () {
    const sql = yield* SqlClient.SqlClient
    const alone = Effect.scoped(
      Effect.gen(function* () {
        const connection = yield* sql.reserve
        yield* Effect.acquireRelease(connection.executeRaw(`SELECT pg_advisory_lock(${lock})`, []), () =>
          Effect.ignore(connection.executeRaw(`SELECT pg_advisory_unlock(${lock})`, []))
        )
        yield* Effect.zipRight(migrate, createEngineTables)
      })
    )
    yield* sql.onDialectOrElse({ pg: () => alone, orElse: () => migrate })
  }
)
