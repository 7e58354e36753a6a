import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { constTrue } from "effect/Function"
import * as Option from "effect/Option"
import { describeCause } from "./describeCause.js"
import { BodyTooLarge, readBody } from "./readBody.js"

/** What came back over HTTP, whatever it is. */
export interface Answer {
  readonly status: number
  readonly contentType: string | undefined
  readonly text: string
}

/** Nothing came back, or not all of it, or more than is taken. */
export class NoAnswer extends Data.TaggedError("NoAnswer")<{
  readonly reason: "connection" | "size"
  readonly description: string
}> {}

/** Posts JSON and reads the answer: all that is asked of an HTTP client. */
export type Exchange = (url: string, body: string) => Effect.Effect<Answer, NoAnswer>

export const noAnswer = (
  error: Pick<HttpClientError.HttpClientError, "_tag" | "cause"> | BodyTooLarge,
  maxBodySize: number
): NoAnswer =>
  error instanceof BodyTooLarge || error.cause instanceof BodyTooLarge
    ? new NoAnswer({ reason: "size", description: `the reply has more than ${maxBodySize} bytes` })
    : new NoAnswer({
        reason: "connection",
        description: `${error._tag === "RequestError" ? "no reply" : "the connection broke during the reply"}${describeCause(error)}`
      })

/** The clients that have a shorter way of their own: those of our undici layer. */
export const shortcuts = new WeakMap<HttpClient.HttpClient, (maxBodySize: number) => Exchange>()

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
      contentType: response.headers["content-type"],
      text
    }))
  return (url, body) =>
    client.execute(HttpClientRequest.bodyText(HttpClientRequest.post(url), body, "application/json")).pipe(
      Effect.catchAll(anyStatus),
      Effect.flatMap(answer),
      Effect.mapError((error) => noAnswer(error, maxBodySize))
    )
}

export const make = (httpClient: HttpClient.HttpClient, maxBodySize: number): Exchange =>
  shortcuts.get(httpClient)?.(maxBodySize) ?? overAny(httpClient, maxBodySize)
