import { Fetch, RequestInit } from "@effect/platform/FetchHttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { BodyTooLarge, broken, type Exchange, HttpExchange, isDeclaredWithin } from "./exchange.js"

/** Counted while it is read, so that no more than the limit is ever held. */
const readCounted = (body: ReadableStream<Uint8Array>, maxBodySize: number) =>
  new Promise<string>((resolve, reject) => {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    let size = 0
    let text = ""
    const next = () => {
      const read = reader.read().then(({ done, value }) => {
        size += value?.byteLength ?? 0
        if (size > maxBodySize) {
          reject(new BodyTooLarge())
        } else if (done) {
          resolve(text + decoder.decode())
        } else {
          text += decoder.decode(value, { stream: true })
          next()
        }
      })
      // a fetch of the caller's may give no bytes, which the decoder does not take
      read.catch(reject)
    }
    next()
  })

const readBody = (response: Response, maxBodySize: number): Promise<string> => {
  const { body, headers } = response
  return body === null || isDeclaredWithin(headers.get("content-encoding"), headers.get("content-length"), maxBodySize)
    ? response.text()
    : readCounted(body, maxBodySize)
}

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

/** What the layer was built with and what the call has, which comes first. */
const over =
  (ofLayer: Context.Context<never>, maxBodySize: number): Exchange =>
  (url, body, caller, onEnd, more = {}) => {
    const ofCall = caller.getFiberRef(FiberRef.currentContext)
    const fetch = find(ofCall, Fetch) ?? find(ofLayer, Fetch) ?? globalThis.fetch
    const init = { ...find(ofLayer, RequestInit), ...find(ofCall, RequestInit) }
    const controller = new AbortController()
    let response: Response | undefined
    // in a promise from its start, since a fetch of the caller's may throw
    new Promise<Response>((resolve) => {
      const { signal } = controller
      // a redirect would carry the token elsewhere
      resolve(fetch(url, { ...withJson(init, body, more), redirect: "manual", signal }))
    })
      .then((received) => {
        response = received
        return readBody(received, maxBodySize)
      })
      .then(
        (text) => {
          const { headers, status } = response!
          onEnd({ status, header: (name) => headers.get(name) ?? undefined, text })
        },
        (cause) => {
          onEnd(broken(cause, response !== undefined, maxBodySize))
          controller.abort()
        }
      )
    return () => controller.abort()
  }

/** Over the platform's own `fetch`, or the one that the context has. */
export const layerPlatformFetch: Layer.Layer<HttpExchange> = Layer.effect(
  HttpExchange,
  Effect.map(Effect.context<never>(), (context) => ({ make: (maxBodySize) => over(context, maxBodySize) }))
)
