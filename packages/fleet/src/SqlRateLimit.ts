/**
 * Keeps the counts of a rate limiter in SQL, so that all processes that share the database share the limit.
 *
 * @since 0.1.0
 */
import * as RateLimiter from "@effect/experimental/RateLimiter"
import * as SqlClient from "@effect/sql/SqlClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const storeError = (cause: unknown) =>
  new RateLimiter.RateLimitStoreError({
    message: "The counts of the rate limiter could not be read or written.",
    cause
  })

/**
 * The store of `@effect/experimental/RateLimiter` in the table `fleet_rate`, for its algorithm `token-bucket`. A row holds the moment at which
 * a bucket is full again; one statement moves it (the generic cell rate algorithm), by the clock of the database, so that the clocks of the
 * processes do not matter.
 *
 * **Gotchas** The algorithm `fixed-window` fails with a `RateLimitStoreError`.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerStore: Layer.Layer<RateLimiter.RateLimiterStore, never, SqlClient.SqlClient> = Layer.effect(
  RateLimiter.RateLimiterStore,
  Effect.map(SqlClient.SqlClient, (sql) => {
    const now = sql.literal(
      sql.onDialectOrElse({
        pg: () => "(extract(epoch FROM clock_timestamp()) * 1000)",
        orElse: () => "((julianday('now') - 2440587.5) * 86400000.0)"
      })
    )
    const take = (key: string, cost: number, capacity: number, allowOverflow: boolean) => {
      const start = sql`(CASE WHEN fleet_rate.full_at > ${now} THEN fleet_rate.full_at ELSE ${now} END)`
      return sql<{ left: number }>`INSERT INTO fleet_rate (key, full_at) VALUES (${key}, ${now} + ${cost})
        ON CONFLICT (key) DO UPDATE SET full_at = ${start} + ${cost}
        WHERE ${allowOverflow ? sql`1 = 1` : sql`${start} + ${cost} <= ${now} + ${capacity}`}
        RETURNING ${capacity} - (full_at - ${now}) AS ${sql("left")}`
    }
    return {
      fixedWindow: () => Effect.fail(storeError(new Error("only the algorithm token-bucket is supported"))),
      tokenBucket: ({ allowOverflow, key, limit, refillRate, tokens }) => {
        const step = Duration.toMillis(refillRate)
        return take(key, tokens * step, limit * step, allowOverflow).pipe(
          // without a row, nothing was taken
          Effect.map(([row]) => (row === undefined ? -tokens : Math.floor(Number(row.left) / step))),
          Effect.mapError(storeError)
        )
      }
    }
  })
)
