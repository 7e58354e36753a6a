import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Ref from "effect/Ref"
import type { World } from "../../World.js"
import type { Endpoint, Inbound, Visit } from "../http/endpoint.js"
import type * as Operations from "../domain/operations.js"
import * as PluginEndpoint from "./plugin.js"
import * as Reply from "../http/reply.js"
import type { State } from "../domain/state.js"
import { actingFor } from "../domain/miniPrograms.js"
import type { Caller } from "../domain/transition.js"

export const prefix = "/open-interface"

const badGateway = Reply.make(502, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>", undefined)

/** The proof that the service carried a request, and not the open internet. */
const sealed = (reply: Reply.Reply, { rid }: Inbound): Reply.Reply => ({
  ...reply,
  headers: { ...reply.headers, "x-openapi-seqid": rid }
})

const callerOf = (state: State, { now, query }: Inbound): Effect.Effect<Either.Either<Caller, number>> =>
  Effect.zipWith(Ref.get(state.world), Ref.get(state.startedAt), (world: World, startedAt) =>
    now - startedAt < state.config.openInterface.readyAfterMillis
      ? Either.left(85107)
      : actingFor(world, world.miniPrograms[0], query.get("from_appid") ?? undefined)
  )

/** What a container of WeChat cloud run finds at `http://api.weixin.qq.com`: it calls without a token. */
export const make = (state: State, path: Operations.Path): Endpoint => ({
  door: "plugin",
  receive: (inbound) => {
    const visit = PluginEndpoint.visit(state, inbound, path, callerOf(state, inbound))
    const wrap: Visit["wrap"] = (...words) => sealed(visit.wrap(...words), inbound)
    const reply = state.config.openInterface.paths.includes(path)
      ? Effect.map(visit.reply, (reply) => sealed(reply, inbound))
      : Effect.succeed(badGateway)
    return { ...visit, reply, wrap }
  }
})
