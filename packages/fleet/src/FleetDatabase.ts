/**
 * The database of a fleet: one libsql file, or any SQL database that `@effect/sql` has a client for and that the cluster engine runs on.
 *
 * @since 0.1.0
 */
import type { MigrationError } from "@effect/sql/Migrator"
import type * as SqlClient from "@effect/sql/SqlClient"
import type { SqlError } from "@effect/sql/SqlError"
import * as LibsqlClient from "@effect/sql-libsql/LibsqlClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { connect, lockFile } from "./internal/database/connection.js"
import { migrate, migrateAll } from "./internal/database/migrations.js"

/**
 * The file cannot be used.
 *
 * - `open`: it cannot be opened or created; `description` is the driver's text
 * - `locked`: another process runs sweeps in it
 *
 * @since 0.1.0
 * @category errors
 */
export class FleetDatabaseError extends Schema.TaggedError<FleetDatabaseError>(
  "@effect-wechat/fleet/FleetDatabaseError"
)("FleetDatabaseError", { file: Schema.String, reason: Schema.Literal("open", "locked"), description: Schema.String }) {
  override get message(): string {
    return this.reason === "locked"
      ? `${this.file}: another process runs sweeps in this file. It can be read meanwhile, and its sweeps paused, resumed and cancelled.`
      : `${this.file}: ${this.description}`
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface LibsqlOptions {
  /** The path of the file. It is created if it is missing, with two more beside it (`-wal`, `-shm`). */
  readonly file: string
}

const describe = (error: unknown): string => {
  const { cause } = error as { readonly cause?: unknown }
  return cause instanceof Error ? cause.message : String(error)
}

/**
 * A libsql file with the tables of a fleet. Several processes may read one file, and pause, resume and cancel its sweeps. Only one may run
 * sweeps: see `layerLock`.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerLibsql = ({ file }: LibsqlOptions): Layer.Layer<SqlClient.SqlClient, FleetDatabaseError> =>
  Layer.effectDiscard(migrate).pipe(
    Layer.provideMerge(
      Layer.unwrapScoped(Effect.map(connect(file), (liveClient) => LibsqlClient.layer({ liveClient })))
    ),
    Layer.mapError((error) => new FleetDatabaseError({ file, reason: "open", description: describe(error) }))
  )

/**
 * Reserves a libsql file for the sweeps of this process, until the scope closes or the process ends. Fails with reason `locked` if another
 * process has reserved it. The lock is a file beside it, with `.lock` at the end of its name.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerLock = ({ file }: LibsqlOptions): Layer.Layer<never, FleetDatabaseError> =>
  Layer.scopedDiscard(
    Effect.mapError(
      lockFile(file),
      (error) => new FleetDatabaseError({ file, reason: "locked", description: describe(error) })
    )
  )

/**
 * Creates the tables of a fleet, or those that a newer version has added, in the database of the `SqlClient`. On PostgreSQL it creates those of
 * the engine too, and several runners may do so at once.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerTables: Layer.Layer<never, MigrationError | SqlError, SqlClient.SqlClient> =
  Layer.effectDiscard(migrateAll)
