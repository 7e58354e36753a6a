/**
 * A lean `HttpClient` over undici, for servers that call often: the stock clients cost several times the call itself.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as UrlParams from "@effect/platform/UrlParams"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Agent, type Dispatcher } from "undici"
import { dispatch } from "./internal/undiciDispatch.js"

const make = (dispatcher: Dispatcher): HttpClient.HttpClient => {
  /** A request value that is sent again and again is translated once. */
  const translated = new WeakMap<HttpClientRequest.HttpClientRequest, Dispatcher.DispatchOptions>()

  const translate = (request: HttpClientRequest.HttpClientRequest) => {
    const { body, hash, headers, method, url, urlParams } = request
    const target = UrlParams.makeUrl(url, urlParams, hash)
    if (Either.isLeft(target)) {
      return new HttpClientError.RequestError({ request, reason: "InvalidUrl", cause: target.left })
    }
    if (body._tag !== "Empty" && body._tag !== "Uint8Array") {
      const description = `a body of ${body._tag} is not supported, only text and bytes`
      return new HttpClientError.RequestError({ request, reason: "Encode", description })
    }
    const { origin, pathname, search } = target.right
    const options: Dispatcher.DispatchOptions = {
      origin,
      path: pathname + search,
      method,
      headers: { ...headers },
      body: body._tag === "Empty" ? null : body.body
    }
    translated.set(request, options)
    return options
  }

  return HttpClient.makeWith(
    Effect.flatMap((request) =>
      Effect.withFiberRuntime<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>((fiber) => {
        const options = translated.get(request) ?? translate(request)
        const maxBodySize = Context.get(fiber.currentContext, HttpIncomingMessage.MaxBodySize)
        return HttpClientError.isHttpClientError(options)
          ? Effect.fail(options)
          : dispatch(dispatcher, request, options, Number(Option.getOrElse(maxBodySize, () => Infinity)))
      })
    ),
    Effect.succeed<HttpClientRequest.HttpClientRequest>
  )
}

/**
 * The client over an `Agent` of its own. It needs undici 7
 * (Node 20.18) or 8 (Node 22.19).
 *
 * It reads a reply whole, within `HttpIncomingMessage.MaxBodySize`, and knows no streams: it is made for WeChat's little
 * JSON, not for files. It follows no redirect, and has no span of its own, since that would carry the token.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as Undici from "@effect-wechat/transport-https/Undici"
 * import { Layer, Redacted } from "effect"
 *
 * const WeChat = HttpsTransport.layer({ appId: "wx…", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(Undici.layer({ connections: 64 }))
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
 * The client over a dispatcher of yours, such as undici's `ProxyAgent`; closing it is yours too.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerDispatcher = (dispatcher: Dispatcher): Layer.Layer<HttpClient.HttpClient> =>
  Layer.sync(HttpClient.HttpClient, () => make(dispatcher))
