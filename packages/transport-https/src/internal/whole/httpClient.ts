import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { answer, broken, type Exchange } from "../http/exchange.js"
import * as Platform from "../platform.js"
import { shortcuts } from "../http/platformExchange.js"
import { toResponse } from "./response.js"
import type { Sender } from "./sender.js"

const execute =
  <Target>(sender: Sender<Target>) =>
  (
    request: HttpClientRequest.HttpClientRequest
  ): Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError> => {
    const { body, headers, method } = request
    const target = Platform.urlOf(request)
    if (Either.isLeft(target)) {
      return Effect.fail(target.left)
    }
    if (body._tag !== "Empty" && body._tag !== "Uint8Array") {
      return Effect.fail(Platform.unsupported(request, `a body of ${body._tag} is not supported, only text and bytes`))
    }
    return Effect.flatMap(Platform.maxBodySize, (maxBodySize) =>
      Effect.async((resume) => {
        const abort = sender.send(
          sender.prepare(target.right),
          {
            method,
            headers: { ...headers },
            body: body._tag === "Empty" ? undefined : body.body,
            maxBodySize
          },
          (received) => resume(Effect.succeed(toResponse(request, received))),
          (cause, received) =>
            resume(
              Effect.fail(
                Platform.lost(request, cause, received === undefined ? undefined : toResponse(request, received))
              )
            )
        )
        return Effect.sync(abort)
      })
    )
  }

const none = {}
const json = { "content-type": "application/json" }

/** What our own transport uses instead of `execute`: it makes neither a request nor a response of the platform. */
const shortcut =
  <Target>(sender: Sender<Target>) =>
  (maxBodySize: number): Exchange => {
    let last: { readonly url: string; readonly target: Target } | undefined
    return (url, body, _, onEnd, more) => {
      if (last?.url !== url) {
        last = { url, target: sender.prepare(new URL(url)) }
      }
      return sender.send(
        last.target,
        body === undefined
          ? { method: "GET", headers: none, body, maxBodySize }
          : { method: "POST", headers: more === undefined ? json : { ...json, ...more }, body, maxBodySize },
        (received) => {
          const header = (name: string) => received.headers[name]?.toString()
          answer(received.status, header, received.body, maxBodySize, onEnd)
        },
        (cause, received) => onEnd(broken(cause, received !== undefined, maxBodySize))
      )
    }
  }

/** An `HttpClient` over a sender, which our own transport recognises. It makes no span, since that would contain the token. */
export const makeHttpClient = <Target>(sender: Sender<Target>): HttpClient.HttpClient => {
  const client = HttpClient.makeWith(
    Effect.flatMap(execute(sender)),
    Effect.succeed<HttpClientRequest.HttpClientRequest>
  )
  shortcuts.set(client, shortcut(sender))
  return client
}
