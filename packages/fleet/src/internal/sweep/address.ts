import * as ClusterSchema from "@effect/cluster/ClusterSchema"
import { EntityAddress } from "@effect/cluster/EntityAddress"
import { EntityId } from "@effect/cluster/EntityId"
import { EntityType } from "@effect/cluster/EntityType"
import { Sharding } from "@effect/cluster/Sharding"
import type * as Workflow from "@effect/workflow/Workflow"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"

/** Where the engine keeps the messages of one execution. */
export const addressOf = (workflow: Workflow.Any, executionId: string): Effect.Effect<EntityAddress, never, Sharding> =>
  Effect.map(Sharding, (sharding) => {
    const entityId = EntityId.make(executionId)
    const group = Context.get(workflow.annotations, ClusterSchema.ShardGroup)(entityId)
    return new EntityAddress({
      entityType: EntityType.make(`Workflow/${workflow.name}`),
      entityId,
      shardId: sharding.getShardId(entityId, group)
    })
  })
