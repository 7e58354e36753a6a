/**
 * A lean `HttpClient` over undici, for servers that call often. The stock clients use several times as much CPU as the call itself.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Agent, type Dispatcher } from "undici"
import { atOnce } from "./internal/http/turns.js"
import { overDispatcher } from "./internal/undici/dispatch.js"
import { makeHttpClient } from "./internal/whole/httpClient.js"

const make = (dispatcher: Dispatcher, limit: number) => makeHttpClient(overDispatcher(dispatcher, limit))

/** As many as the connections take. An HTTP/2 connection takes more than `pipelining` says, so there are never fewer than without options. */
const limitOf = ({ connections, pipelining }: Agent.Options) => Math.max(atOnce, (connections ?? 0) * (pipelining ?? 1))

/**
 * The client over an `Agent` of its own. It needs undici 7 (Node 20.18 or later) or 8 (Node 22.19 or later).
 *
 * It reads the whole reply, up to `HttpIncomingMessage.MaxBodySize`, and cannot stream it: it is made for WeChat's small JSON, not for files. It
 * follows no redirects, decodes no `content-encoding`, and makes no span, because a span would contain the token. At most 64 requests to a host run
 * at once, or as many as `connections` and `pipelining` allow, if that is more.
 *
 * **Gotchas** It does not run on Bun, which replaces undici by a stand-in.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layer({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(UndiciHttpClient.layer({ connections: 64 }))
 * )
 * ```
 */
export const layer = (options: Agent.Options = {}): Layer.Layer<HttpClient.HttpClient> =>
  Layer.scoped(
    HttpClient.HttpClient,
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => new Agent(options)),
        (agent) => Effect.promise(() => agent.destroy())
      ),
      (agent) => make(agent, limitOf(options))
    )
  )

/**
 * The client over your own dispatcher, such as undici's `ProxyAgent`. You close the dispatcher yourself.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerDispatcher = (dispatcher: Dispatcher): Layer.Layer<HttpClient.HttpClient> =>
  Layer.sync(HttpClient.HttpClient, () => make(dispatcher, Infinity))
