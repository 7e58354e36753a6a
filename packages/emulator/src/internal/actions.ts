import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Act } from "./endpoint.js"
import * as Reply from "./reply.js"
import type { State } from "./state.js"

/** What `/wxa/plugin` does, whichever way the request came. */
export const plugin =
  (state: State): Act =>
  (data, { rid }) =>
    data["action"] === "list"
      ? Effect.map(Ref.get(state.plugins), (plugins) => ({ errcode: 0, errmsg: "ok", plugin_list: plugins }))
      : Effect.succeed(Reply.refusal(40066, rid))
