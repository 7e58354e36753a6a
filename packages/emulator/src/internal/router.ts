import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import type { Entry } from "../Journal.js"
import { faultNote, replyOf, send } from "./control/applyFault.js"
import type { Controls } from "./control/controls.js"
import type { Faults } from "./control/faults.js"
import type { Journal } from "./control/journal.js"
import * as Operations from "./domain/operations.js"
import type { State } from "./domain/state.js"
import * as AuthorizerToken from "./endpoints/authorizerToken.js"
import * as ClearQuota from "./endpoints/clearQuota.js"
import * as ComponentToken from "./endpoints/componentToken.js"
import * as Control from "./endpoints/control.js"
import * as Gateway from "./endpoints/gateway.js"
import * as GetQuota from "./endpoints/getQuota.js"
import * as OpenInterface from "./endpoints/openInterface.js"
import * as PlainToken from "./endpoints/plainToken.js"
import * as Authorization from "./endpoints/platform/authorization.js"
import * as AuthorizerList from "./endpoints/platform/authorizerList.js"
import * as StartPushTicket from "./endpoints/platform/startPushTicket.js"
import * as Plugin from "./endpoints/plugin.js"
import * as StableToken from "./endpoints/stableToken.js"
import * as Unknown from "./endpoints/unknown.js"
import type { Endpoint, Handling, Request } from "./http/endpoint.js"
import * as Exchange from "./http/exchange.js"
import { secretName } from "./http/json.js"
import * as Reply from "./http/reply.js"
import { controlPrefix, openInterfacePrefix } from "./http/urls.js"
import type { Feed } from "./page/feed.js"
import * as Page from "./page/serve.js"
import * as ApiSecurity from "./security/apiSecurity.js"

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0")

/** A request id in WeChat's format, unique among the requests of this emulator. */
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

const maxBodySize = 1024 * 1024

const resetPath = `${controlPrefix}reset`

const targetOf = ({ request }: Exchange.Exchange): readonly [path: string, search: string] => {
  // a client that uses the emulator as a proxy sends the whole URL
  const target = (request.url ?? "/").replace(/^https?:\/\/[^/]*/i, "")
  const [path = "/", search = ""] = target.split(/\?(.*)/s)
  return [path, search]
}

const entryOf = (
  endpoint: Endpoint["name"],
  { headers, method, path, query }: Request,
  { body, credential, operation, rawBody }: Handling,
  appid: string | undefined
): Omit<Entry, "seq" | "reply"> => {
  const contentType = headers["content-type"]
  return {
    endpoint,
    ...(operation === undefined ? {} : { operation }),
    ...(appid === undefined ? {} : { appid }),
    method,
    path,
    query: plainQuery(query),
    ...(credential === undefined ? {} : { credential }),
    ...(typeof contentType === "string" ? { contentType } : {}),
    ...(body === undefined ? {} : { body }),
    ...(rawBody === undefined ? {} : { rawBody })
  }
}

/** Serves one exchange, from the first byte of the request to the end of the reply. */
export const make = (
  state: State,
  faults: Faults,
  journal: Journal,
  controls: Controls,
  feed: Feed
): ((exchange: Exchange.Exchange) => Effect.Effect<void>) => {
  const endpoints: Readonly<Record<string, Endpoint>> = {
    "/cgi-bin/stable_token": StableToken.make(state),
    "/cgi-bin/token": PlainToken.make(state),
    "/cgi-bin/component/api_component_token": ComponentToken.make(state),
    "/cgi-bin/component/api_authorizer_token": AuthorizerToken.make(state),
    "/cgi-bin/component/api_start_push_ticket": StartPushTicket.make(state),
    "/cgi-bin/component/api_create_preauthcode": Authorization.makePreAuthCode(state),
    "/cgi-bin/component/api_query_auth": Authorization.makeQuery(state),
    "/cgi-bin/component/api_get_authorizer_info": Authorization.makeInfo(state),
    "/cgi-bin/component/api_get_authorizer_list": AuthorizerList.make(state),
    "/cgi-bin/clear_quota": ClearQuota.make(state),
    "/cgi-bin/openapi/quota/get": GetQuota.make(state),
    ...Object.fromEntries(
      Operations.paths.flatMap((path) => [
        [path, Plugin.make(state, path)],
        [`${openInterfacePrefix}${path}`, OpenInterface.make(state, path)]
      ])
    ),
    "/admin": Gateway.make(state)
  }

  const serve = Effect.fnUntraced(function* (exchange: Exchange.Exchange) {
    const count = yield* Ref.updateAndGet(state.requests, (count) => count + 1)
    const [path, search] = targetOf(exchange)
    const isControl = path.startsWith(controlPrefix)
    const body = yield* Exchange.readBody(exchange, isControl ? Control.maxBodySize : maxBodySize)
    const timer = yield* state.time.timer
    const request: Request = {
      method: exchange.request.method ?? "GET",
      path,
      query: new URLSearchParams(search),
      headers: exchange.request.headers,
      body: Option.getOrElse(body, () => new Uint8Array()),
      now: timer.start,
      rid: requestId(timer.start, count)
    }
    if (Page.isFor(request)) {
      return yield* Page.serve(feed, exchange, request)
    }
    if (isControl) {
      const reply = Option.isNone(body) ? Control.tooLarge : yield* Control.reply(controls, request)
      yield* Exchange.send(exchange, reply)
      return yield* Control.isReading(path)
        ? Effect.void
        : path === resetPath
          ? Effect.zipRight(feed.clear, feed.changed)
          : feed.changed
    }
    const { handle, name } = endpoints[request.path] ?? Unknown.endpoint
    const admission = yield* ApiSecurity.admit(state, request)
    const handling = admission.secure(handle(admission.request))
    const appid = yield* handling.appid ?? Effect.succeed(undefined)
    const fault = yield* faults.take({ ...handling, endpoint: name })
    // read before the arrival is announced, so that a release right after the arrival also releases this reply
    const gate = yield* faults.gate
    const record = yield* journal.add(entryOf(name, request, handling, appid), faultNote(fault))
    yield* Effect.flatMap(record.get, (entry) => feed.publish(entry))
    const reply = Option.isNone(body) ? tooLarge : yield* replyOf(handling, fault, request.rid)
    yield* send({ exchange, record, reply, fault, timer, gate }).pipe(
      Effect.ensuring(
        Effect.flatMap(record.get, (entry) =>
          Effect.zipRight(feed.publish(entry, reply), state.config.onRequest(entry))
        )
      )
    )
  })

  return (exchange) =>
    Effect.catchAllCause(serve(exchange), (cause) =>
      Cause.isInterruptedOnly(cause)
        ? Effect.void
        : Effect.zipRight(Effect.logError("the emulator could not reply", cause), Exchange.close(exchange))
    )
}
