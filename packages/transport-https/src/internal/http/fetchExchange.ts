import { Fetch, RequestInit } from "@effect/platform/FetchHttpClient"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import { readStream } from "./body.js"
import { answer, broken, type Exchange, HttpExchange, type Outcome } from "./exchange.js"
import { atOnce, Hosts, Turn, type Turns } from "./turns.js"

/** What a context was given, and not what a tag has by default. */
const find = <I, S>(context: Context.Context<never>, tag: Context.Tag<I, S>): S | undefined =>
  context.unsafeMap.get(tag.key)

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

/** One request, from its turn to its end. */
class Call extends Turn {
  private controller: AbortController | undefined
  private response: Response | undefined

  constructor(
    private readonly turns: Turns<Call>,
    private readonly send: (signal: AbortSignal) => Promise<Response>,
    private readonly maxBodySize: number,
    private readonly onEnd: (outcome: Outcome) => void
  ) {
    super()
  }

  start() {
    this.controller = new AbortController()
    const { maxBodySize } = this
    this.send(this.controller.signal)
      .then((received) => {
        this.response = received
        return received.body === null ? new Uint8Array() : readStream(received.body, maxBodySize)
      })
      .then(
        (bytes) => {
          const { headers, status } = this.response!
          this.turns.leave(this)
          answer(status, (name) => headers.get(name) ?? undefined, bytes, maxBodySize, this.onEnd)
        },
        (cause) => {
          this.onEnd(broken(cause, this.response !== undefined, maxBodySize))
          this.abort()
        }
      )
  }

  abort() {
    this.turns.leave(this)
    this.controller?.abort()
  }
}

/** `Fetch` and `RequestInit` may come with the layer and with the call, which wins. */
export const overFetch = (ofLayer: Context.Context<never>): ((maxBodySize: number) => Exchange) => {
  const hosts = new Hosts<Call>(atOnce)
  return (maxBodySize) =>
    (url, body, caller, onEnd, more = {}) => {
      // inside of a promise, since a fetch of the caller's may throw
      const send = async (signal: AbortSignal) => {
        const ofCall = caller.getFiberRef(FiberRef.currentContext)
        const fetch = find(ofCall, Fetch) ?? find(ofLayer, Fetch) ?? globalThis.fetch
        const init = { ...find(ofLayer, RequestInit), ...find(ofCall, RequestInit) }
        // a redirect would carry the token elsewhere
        return fetch(url, { ...withJson(init, body, more), redirect: "manual", signal })
      }
      const turns = hosts.at(new URL(url))
      const call = new Call(turns, send, maxBodySize, onEnd)
      turns.take(call)
      return () => call.abort()
    }
}

/** Over the runtime's own `fetch`, or the one that the context has. */
export const layerFetch: Layer.Layer<HttpExchange> = Layer.effect(
  HttpExchange,
  Effect.map(Effect.context<never>(), (context) => ({ make: overFetch(context) }))
)
