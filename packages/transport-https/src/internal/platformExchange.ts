import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { constTrue } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { BodyTooLarge, broken, type Exchange, HttpExchange, isDeclaredWithin } from "./exchange.js"
import { runAs } from "./runAs.js"

/** Counted while it is read: the stock clients do not bound a reply (FetchHttpClient ignores `MaxBodySize`). */
const readCounted = (response: HttpClientResponse.HttpClientResponse, maxBodySize: number) =>
  Effect.suspend(() => {
    const decoder = new TextDecoder()
    let size = 0
    let text = ""
    return response.stream.pipe(
      Stream.runForEachChunk((chunks) => {
        for (const bytes of chunks) {
          size += bytes.byteLength
          if (size > maxBodySize) {
            return Effect.fail(new BodyTooLarge())
          }
          text += decoder.decode(bytes, { stream: true })
        }
        return Effect.void
      }),
      Effect.catchIf(
        (error) => !(error instanceof BodyTooLarge) && error.reason === "EmptyBody",
        () => Effect.void
      ),
      Effect.map(() => text + decoder.decode())
    )
  })

const readBody = (response: HttpClientResponse.HttpClientResponse, maxBodySize: number) =>
  isDeclaredWithin(response.headers["content-encoding"], response.headers["content-length"], maxBodySize)
    ? response.text
    : readCounted(response, maxBodySize)

/** A client that was told to fail on a status, such as `HttpClient.filterStatusOk`, has the reply all the same. */
const anyStatus = (error: HttpClientError.HttpClientError) =>
  error._tag === "ResponseError" && error.reason === "StatusCode" ? Effect.succeed(error.response) : Effect.fail(error)

const overAny = (httpClient: HttpClient.HttpClient, maxBodySize: number): Exchange => {
  const client = httpClient.pipe(
    // The stock span carries the URL with its query, hence the token; the operation's own span says what is safe to say.
    HttpClient.withTracerDisabledWhen(constTrue),
    HttpClient.transformResponse(HttpIncomingMessage.withMaxBodySize(Option.some(maxBodySize)))
  )
  const answer = (response: HttpClientResponse.HttpClientResponse) =>
    Effect.map(readBody(response, maxBodySize), (text) => ({
      status: response.status,
      header: (name: string) => response.headers[name],
      text
    }))
  const failure = (error: HttpClientError.HttpClientError | BodyTooLarge) =>
    Effect.succeed(
      error instanceof BodyTooLarge
        ? broken(error, true, maxBodySize)
        : broken(error.cause, error._tag === "ResponseError", maxBodySize)
    )
  // in the fiber itself: Effect logs the cause of one that fails
  const defect = (cause: unknown) => Effect.succeed(broken(cause, false, maxBodySize))

  return (url, body, caller, onEnd, headers = {}) => {
    const request =
      body === undefined
        ? HttpClientRequest.get(url)
        : HttpClientRequest.bodyText(HttpClientRequest.post(url, { headers }), body, "application/json")
    const exchange = client
      .execute(request)
      .pipe(Effect.catchAll(anyStatus), Effect.flatMap(answer), Effect.catchAll(failure), Effect.catchAllDefect(defect))
    return runAs(caller, exchange, (exit) => {
      onEnd(Exit.isSuccess(exit) ? exit.value : broken(Cause.squash(exit.cause), false, maxBodySize))
    })
  }
}

/** The clients that have a shorter way of their own: those of our undici layer. */
export const shortcuts = new WeakMap<HttpClient.HttpClient, (maxBodySize: number) => Exchange>()

export const layerPlatform: Layer.Layer<HttpExchange, never, HttpClient.HttpClient> = Layer.effect(
  HttpExchange,
  Effect.map(HttpClient.HttpClient, (client) => ({
    make: (maxBodySize) => shortcuts.get(client)?.(maxBodySize) ?? overAny(client, maxBodySize)
  }))
)
