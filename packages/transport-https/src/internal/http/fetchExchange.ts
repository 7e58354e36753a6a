import { Fetch, RequestInit } from "@effect/platform/FetchHttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { readStream } from "./body.js"
import { answer, broken, type Exchange, HttpExchange } from "./exchange.js"

const find = <I, S>(context: Context.Context<never>, tag: Context.Tag<I, S>): S | undefined =>
  Option.getOrUndefined(Context.getOption(context, tag))

const withJson = (
  init: globalThis.RequestInit,
  body: string | undefined,
  more: Readonly<Record<string, string>>
): globalThis.RequestInit => {
  const headers = new Headers(init.headers)
  if (body === undefined) {
    return { ...init, headers, method: "GET" }
  }
  for (const [name, value] of Object.entries(more)) {
    headers.set(name, value)
  }
  headers.set("content-type", "application/json")
  return { ...init, headers, method: "POST", body }
}

/** `Fetch` and `RequestInit` may come with the layer and with the call, which wins. */
export const overFetch =
  (ofLayer: Context.Context<never>) =>
  (maxBodySize: number): Exchange =>
  (url, body, caller, onEnd, more = {}) => {
    const ofCall = caller.getFiberRef(FiberRef.currentContext)
    const fetch = find(ofCall, Fetch) ?? find(ofLayer, Fetch) ?? globalThis.fetch
    const init = { ...find(ofLayer, RequestInit), ...find(ofCall, RequestInit) }
    const controller = new AbortController()
    let response: Response | undefined
    // inside of a promise, since a fetch of the caller's may throw
    new Promise<Response>((resolve) => {
      const { signal } = controller
      // a redirect would carry the token elsewhere
      resolve(fetch(url, { ...withJson(init, body, more), redirect: "manual", signal }))
    })
      .then((received) => {
        response = received
        return received.body === null ? new Uint8Array() : readStream(received.body, maxBodySize)
      })
      .then(
        (bytes) => {
          const { headers, status } = response!
          answer(status, (name) => headers.get(name) ?? undefined, bytes, maxBodySize, onEnd)
        },
        (cause) => {
          onEnd(broken(cause, response !== undefined, maxBodySize))
          controller.abort()
        }
      )
    return () => controller.abort()
  }

/** Over the runtime's own `fetch`, or the one that the context has. */
export const layerFetch: Layer.Layer<HttpExchange> = Layer.effect(
  HttpExchange,
  Effect.map(Effect.context<never>(), (context) => ({ make: overFetch(context) }))
)
