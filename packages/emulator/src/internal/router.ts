import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import type { Entry } from "../Journal.js"
import type { Endpoint, Inbound, Visit } from "./http/endpoint.js"
import * as ApiSecurity from "./security/apiSecurity.js"
import * as Exchange from "./http/exchange.js"
import * as Faults from "./control/faults.js"
import * as ComponentEndpoint from "./endpoints/componentToken.js"
import * as ControlEndpoint from "./endpoints/control.js"
import type { Controls } from "./control/controls.js"
import * as GatewayEndpoint from "./endpoints/gateway.js"
import { secretName } from "./http/json.js"
import * as OpenInterface from "./endpoints/openInterface.js"
import * as PluginEndpoint from "./endpoints/plugin.js"
import * as QuotaEndpoint from "./endpoints/clearQuota.js"
import * as Reply from "./http/reply.js"
import type { Exchange as Connection } from "./http/server.js"
import type { State } from "./domain/state.js"
import * as TokenEndpoint from "./endpoints/stableToken.js"
import { faultNote, replyOf, transmit } from "./control/applyFault.js"
import * as UnknownEndpoint from "./endpoints/unknown.js"

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0")

/** Looks like WeChat's, and is another one for each request. */
const requestId = (now: number, count: number): string =>
  [now / 1000, Math.imul(count, 0x9e3779b1), Math.imul(count, 0x85ebca6b)].map(hex).join("-")

const plainQuery = (query: URLSearchParams): Readonly<Record<string, string>> =>
  Object.fromEntries([...query].filter(([name]) => !secretName.test(name)))

const tooLarge = Reply.make(
  413,
  "text/html",
  "<html><head><title>413 Request Entity Too Large</title></head></html>",
  undefined
)

const inboundOf = ({ request }: Connection, body: Uint8Array, now: number, count: number): Inbound => {
  // who takes the emulator for a proxy writes the whole URL into the request line
  const target = (request.url ?? "/").replace(/^https?:\/\/[^/]*/i, "")
  const [path = "/", search = ""] = target.split(/\?(.*)/s)
  return {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(search),
    headers: request.headers,
    body,
    now,
    rid: requestId(now, count)
  }
}

const noteOf = (
  endpoint: Endpoint["door"],
  { headers, method, path, query }: Inbound,
  { body, credential, operation, rawBody }: Visit
): Omit<Entry, "seq" | "reply"> => {
  const contentType = headers["content-type"]
  return {
    endpoint,
    ...(operation === undefined ? {} : { operation }),
    method,
    path,
    query: plainQuery(query),
    ...(credential === undefined ? {} : { credential }),
    ...(typeof contentType === "string" ? { contentType } : {}),
    ...(body === undefined ? {} : { body }),
    ...(rawBody === undefined ? {} : { rawBody })
  }
}

/** One request, from its first byte to the end of its reply. */
export const make = (state: State, controls: Controls): ((connection: Connection) => Effect.Effect<void>) => {
  const endpoints: Readonly<Record<string, Endpoint>> = {
    "/cgi-bin/stable_token": TokenEndpoint.makeStable(state),
    "/cgi-bin/token": TokenEndpoint.makePlain(state),
    "/cgi-bin/component/api_component_token": ComponentEndpoint.makeToken(state),
    "/cgi-bin/component/api_authorizer_token": ComponentEndpoint.makeAuthorizer(state),
    "/cgi-bin/clear_quota": QuotaEndpoint.makeClear(state),
    "/cgi-bin/openapi/quota/get": QuotaEndpoint.makeGet(state),
    "/wxa/plugin": PluginEndpoint.make(state, "/wxa/plugin"),
    "/wxa/devplugin": PluginEndpoint.make(state, "/wxa/devplugin"),
    [`${OpenInterface.prefix}/wxa/plugin`]: OpenInterface.make(state, "/wxa/plugin"),
    [`${OpenInterface.prefix}/wxa/devplugin`]: OpenInterface.make(state, "/wxa/devplugin"),
    "/admin": GatewayEndpoint.make(state)
  }

  const handle = Effect.fnUntraced(function* (connection: Connection, count: number) {
    const body = yield* Exchange.readBody(connection)
    const now = yield* state.time.now
    const inbound = inboundOf(
      connection,
      Option.getOrElse(body, () => new Uint8Array()),
      now,
      count
    )
    if (inbound.path.startsWith(ControlEndpoint.prefix)) {
      return yield* Effect.flatMap(ControlEndpoint.reply(controls, inbound), (reply) =>
        Exchange.send(connection, reply)
      )
    }
    const { door, receive } = endpoints[inbound.path] ?? UnknownEndpoint.endpoint
    const admission = yield* ApiSecurity.admit(state, inbound)
    const visit = admission.around(receive(admission.inbound))
    const fault = yield* Ref.modify(state.faults, (queue) => Faults.take(queue, { ...visit, door }))
    // before the arrival is announced, so that a release right after it finds this reply held
    const gate = yield* Ref.get(state.gate)
    const record = yield* state.journal.add(noteOf(door, inbound, visit), faultNote(fault))
    const reply = Option.isNone(body) ? tooLarge : yield* replyOf(visit, fault, inbound.rid)
    yield* transmit({ connection, record, reply, fault, start: now, time: state.time, gate }).pipe(
      Effect.ensuring(Effect.flatMap(record.get, state.config.onRequest))
    )
  })

  return Effect.fnUntraced(
    function* (connection: Connection) {
      const count = yield* Ref.updateAndGet(state.requests, (count) => count + 1)
      yield* handle(connection, count)
    },
    (effect, connection) =>
      Effect.catchAllCause(effect, (cause) =>
        Cause.isInterruptedOnly(cause)
          ? Effect.void
          : Effect.zipRight(Effect.logError("the emulator could not reply", cause), Exchange.close(connection))
      )
  )
}
