import { FleetDatabase, SqlRateLimit } from "@effect-wechat/fleet"
import { RateLimiter } from "@effect/experimental"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { makeTurn } from "../src/internal/sweep/turn.js"
import { temporaryFile } from "./support.js"

it.scopedLive("processes that share a limit take turns of many calls at once, and none is early", () =>
  Effect.gen(function* () {
    const file = yield* temporaryFile
    let statements = 0
    const store = Layer.effect(
      RateLimiter.RateLimiterStore,
      Effect.map(RateLimiter.RateLimiterStore, (store) => ({
        ...store,
        tokenBucket: (options: Parameters<typeof store.tokenBucket>[0]) => {
          statements++
          return store.tokenBucket(options)
        }
      }))
    ).pipe(Layer.provide(SqlRateLimit.layerStore))
    const limits = { fleet: { calls: 200, per: "1 second" } } as const
    const process = Effect.flatMap(
      Layer.build(
        Layer.fresh(
          Layer.provideMerge(RateLimiter.layer, store).pipe(Layer.provide(FleetDatabase.layerLibsql({ file })))
        )
      ),
      (context) => Effect.provide(makeTurn(limits), context)
    )
    const processes = [yield* process, yield* process]
    const began = performance.now()
    const turns = yield* Effect.forEach(
      Array.from({ length: 200 }, (_, at) => processes[at % 2]!),
      (turn) => Effect.map(turn("wx"), () => performance.now() - began),
      { concurrency: "unbounded" }
    )
    // the clock of the database has milliseconds
    for (const [at, millis] of [...turns].sort((a, b) => a - b).entries()) {
      assert.isAtLeast(millis, at * 5 - 2)
    }
    assert.isAtMost(statements, 20)
  })
)
