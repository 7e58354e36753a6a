/**
 * A lean `HttpClient` over undici, for servers that call often. The stock clients use several times as much CPU as the call itself.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as UrlParams from "@effect/platform/UrlParams"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Agent, type Dispatcher } from "undici"
import { answer, broken, type Exchange } from "./internal/http/exchange.js"
import { shortcuts } from "./internal/http/platformExchange.js"
import { dispatch } from "./internal/undici/dispatch.js"
import { toResponse } from "./internal/undici/response.js"

const execute =
  (dispatcher: Dispatcher) =>
  (
    request: HttpClientRequest.HttpClientRequest
  ): Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError> => {
    const { body, hash, headers, method, url, urlParams } = request
    const target = UrlParams.makeUrl(url, urlParams, hash)
    if (Either.isLeft(target)) {
      return Effect.fail(new HttpClientError.RequestError({ request, reason: "InvalidUrl", cause: target.left }))
    }
    if (body._tag !== "Empty" && body._tag !== "Uint8Array") {
      const description = `a body of ${body._tag} is not supported, only text and bytes`
      return Effect.fail(new HttpClientError.RequestError({ request, reason: "Encode", description }))
    }
    const { origin, pathname, search } = target.right
    const options: Dispatcher.DispatchOptions = {
      origin,
      path: pathname + search,
      method,
      headers: { ...headers },
      body: body._tag === "Empty" ? null : body.body
    }
    return Effect.flatMap(HttpIncomingMessage.MaxBodySize, (maxBodySize) =>
      Effect.async((resume) => {
        const abort = dispatch(
          dispatcher,
          options,
          Number(Option.getOrElse(maxBodySize, () => Infinity)),
          (received) => resume(Effect.succeed(toResponse(request, received))),
          (cause, received) =>
            resume(
              Effect.fail(
                received === undefined
                  ? new HttpClientError.RequestError({ request, reason: "Transport", cause })
                  : new HttpClientError.ResponseError({
                      request,
                      response: toResponse(request, received),
                      reason: "Decode",
                      cause
                    })
              )
            )
        )
        return Effect.sync(abort)
      })
    )
  }

const headers = { "content-type": "application/json" }

/** What our own transport uses instead of `execute`: it makes neither a request nor a response of the platform. */
const shortcut =
  (dispatcher: Dispatcher) =>
  (maxBodySize: number): Exchange => {
    let last = { url: "", origin: "", path: "" }
    return (url, body, _, onEnd, more) => {
      if (last.url !== url) {
        const { origin, pathname, search } = new URL(url)
        last = { url, origin, path: pathname + search }
      }
      const { origin, path } = last
      return dispatch(
        dispatcher,
        body === undefined
          ? { origin, path, method: "GET" }
          : { origin, path, method: "POST", headers: more === undefined ? headers : { ...headers, ...more }, body },
        maxBodySize,
        (received) => {
          const header = (name: string) => received.headers[name]?.toString()
          answer(received.status, header, received.body, maxBodySize, onEnd)
        },
        (cause, received) => onEnd(broken(cause, received !== undefined, maxBodySize))
      )
    }
  }

const make = (dispatcher: Dispatcher): HttpClient.HttpClient => {
  const client = HttpClient.makeWith(
    Effect.flatMap(execute(dispatcher)),
    Effect.succeed<HttpClientRequest.HttpClientRequest>
  )
  shortcuts.set(client, shortcut(dispatcher))
  return client
}

/**
 * The client over an `Agent` of its own. It needs undici 7 (Node 20.18 or later) or 8 (Node 22.19 or later).
 *
 * It reads the whole reply, up to `HttpIncomingMessage.MaxBodySize`, and cannot stream it: it is made for WeChat's small JSON, not for files. It
 * follows no redirects, decodes no `content-encoding`, and makes no span, because a span would contain the token.
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
export const layer = (options?: Agent.Options): Layer.Layer<HttpClient.HttpClient> =>
  Layer.scoped(
    HttpClient.HttpClient,
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => new Agent(options)),
        (agent) => Effect.promise(() => agent.destroy())
      ),
      make
    )
  )

/**
 * The client over your own dispatcher, such as undici's `ProxyAgent`. You close the dispatcher yourself.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerDispatcher = (dispatcher: Dispatcher): Layer.Layer<HttpClient.HttpClient> =>
  Layer.sync(HttpClient.HttpClient, () => make(dispatcher))
