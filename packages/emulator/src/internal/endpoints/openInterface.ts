import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Ref from "effect/Ref"
import { actingFor } from "../domain/miniPrograms.js"
import type * as Operations from "../domain/operations.js"
import type { State } from "../domain/state.js"
import type { Caller } from "../domain/transition.js"
import type { Endpoint, Handling, Request } from "../http/endpoint.js"
import * as Reply from "../http/reply.js"
import * as Browsers from "../security/browsers.js"
import * as Plugin from "./plugin.js"

const forbidden = Reply.make(403, "text/plain", "the open-interface service is not for web pages", undefined)

const badGateway = Reply.make(502, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>", undefined)

/** Adds the header that proves that the open-interface service carried the request. */
const proved = (reply: Reply.Reply, { rid }: Request): Reply.Reply => ({
  ...reply,
  headers: { ...reply.headers, "x-openapi-seqid": rid }
})

const fromAppid = ({ query }: Request): string | undefined => query.get("from_appid") ?? undefined

const callerOf = (state: State, request: Request): Effect.Effect<Either.Either<Caller, number>> =>
  Effect.zipWith(Ref.get(state.world), Ref.get(state.startedAt), (world, startedAt) =>
    request.now - startedAt < state.config.openInterface.readyAfterMillis
      ? Either.left(85107)
      : actingFor(world, world.miniPrograms[0], fromAppid(request))
  )

/** The open-interface service of WeChat cloud run, whose containers call without a token. */
export const make = (state: State, path: Operations.Path): Endpoint => ({
  name: "plugin",
  handle: (request) => {
    const handling = Plugin.handle(state, request, path, callerOf(state, request))
    const wrap: Handling["wrap"] = (...args) => proved(handling.wrap(...args), request)
    // without a token, a form on any web page could otherwise change the world
    const reply = Browsers.isFromPage(request)
      ? Effect.succeed(forbidden)
      : state.config.openInterface.paths.includes(path)
        ? Effect.map(handling.reply, (reply) => proved(reply, request))
        : Effect.succeed(badGateway)
    const appid = Effect.map(Ref.get(state.world), (world) => fromAppid(request) ?? world.miniPrograms[0].appid)
    return { ...handling, appid, reply, wrap }
  }
})
