import { Emulator } from "@effect-wechat/emulator"
import { Fleet, FleetDatabase } from "@effect-wechat/fleet"
import {
  ClusterWorkflowEngine,
  MessageStorage,
  RunnerHealth,
  Runners,
  RunnerStorage,
  Sharding,
  ShardingConfig,
  SqlMessageStorage
} from "@effect/cluster"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { miniPrograms, sweep, temporaryFile, worldOf } from "./support.js"

/** Loses the messages of some reads after they are marked as read, as the engine does after an outage of the database. */
const lossy = (losses: { left: number }) =>
  Layer.effect(
    MessageStorage.MessageStorage,
    Effect.map(MessageStorage.MessageStorage, (storage) =>
      MessageStorage.MessageStorage.of({
        ...storage,
        unprocessedMessages: (shards) =>
          Effect.map(storage.unprocessedMessages(shards), (messages) => {
            const isLost = messages.length > 0 && losses.left > 0
            losses.left -= isLost ? 1 : 0
            return isLost ? [] : messages
          })
      })
    )
  ).pipe(Layer.provide(SqlMessageStorage.layer))

const engine = (losses: { left: number }) =>
  Sharding.layer.pipe(
    Layer.provideMerge(Runners.layerNoop),
    Layer.provideMerge(lossy(losses)),
    Layer.provide([RunnerStorage.layerMemory, RunnerHealth.layerNoop]),
    Layer.provide(ShardingConfig.layerFromEnv({ entityMessagePollInterval: "50 millis" }))
  )

it.scopedLive("a sweep goes on although the engine has lost the messages that it read", () =>
  Effect.gen(function* () {
    const file = yield* temporaryFile
    const losses = { left: 3 }
    const layer = Fleet.layer({ pollInterval: "20 millis" }).pipe(
      Layer.provide(ClusterWorkflowEngine.layer),
      Layer.provideMerge(engine(losses)),
      Layer.provideMerge(FleetDatabase.layerLibsql({ file })),
      Layer.provide(miniPrograms)
    )
    const { done } = yield* Effect.provide(sweep("lossy", 250), layer)
    assert.strictEqual(done, 250)
    assert.strictEqual(losses.left, 0)
  }).pipe(Effect.provide(Emulator.layer({ world: worldOf(250) })))
)
