import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Ref from "effect/Ref"
import { byAppid } from "./miniPrograms.js"
import * as Operations from "./operations.js"
import * as State from "./state.js"
import type { Caller, Fields } from "./transition.js"

/** Performs the operation that path and body select, for every way in. Fails with the errcode that refuses it. */
export const perform: (
  state: State.State,
  caller: Caller,
  path: Operations.Path,
  data: Fields,
  now: number
) => Effect.Effect<Fields & { readonly errcode: number }, number> = Effect.fnUntraced(
  function* (state, caller, path, data, now) {
    const { miniPrograms } = yield* Ref.get(state.world)
    if (!byAppid(miniPrograms).has(caller.appid)) {
      return yield* Effect.fail(40013)
    }
    const { find, permissionSet } = Operations.rules[path]
    if (caller.authorization !== undefined && !caller.authorization.permissionSets.includes(permissionSet)) {
      return yield* Effect.fail(61007)
    }
    const found = find(data)
    if (found === undefined) {
      return yield* Effect.fail(40066)
    }
    yield* State.spend(state, caller.appid, found.operation, now)
    const { fields } = yield* yield* Ref.modify(state.world, (world) => {
      const outcome = found.transition(world, caller, data, now)
      return [outcome, Either.isRight(outcome) ? outcome.right.world : world]
    })
    return { errcode: 0, errmsg: "ok", ...fields }
  }
)
