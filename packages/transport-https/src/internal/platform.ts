/** Where this package touches the errors and the settings of the platform's HTTP, which Effect 4 has in other shapes. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as UrlParams from "@effect/platform/UrlParams"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { constTrue } from "effect/Function"
import * as Option from "effect/Option"

/** The client without a span and with a size limit, for clients that know one. */
export const quiet = (client: HttpClient.HttpClient, maxBodySize: number) =>
  client.pipe(
    // The stock span has the URL with its query, hence the token; the operation's own span has what is safe.
    HttpClient.withTracerDisabledWhen(constTrue),
    HttpClient.transformResponse(HttpIncomingMessage.withMaxBodySize(Option.some(maxBodySize)))
  )

/** How many bytes a reply may have for the fiber that asks. */
export const maxBodySize: Effect.Effect<number> = Effect.map(HttpIncomingMessage.MaxBodySize, (size) =>
  Number(Option.getOrElse(size, () => Infinity))
)

export const isEmptyBody = (error: HttpClientError.HttpClientError): boolean => error.reason === "EmptyBody"

/** A client that fails on a status, such as `HttpClient.filterStatusOk`, has received the reply all the same. */
export const anyStatus = (error: HttpClientError.HttpClientError) =>
  error._tag === "ResponseError" && error.reason === "StatusCode" ? Effect.succeed(error.response) : Effect.fail(error)

/** What caused a failure, and whether a reply had begun. */
export const causeOf = (error: HttpClientError.HttpClientError) => ({
  cause: error.cause,
  hasReply: error._tag === "ResponseError"
})

export const urlOf = (
  request: HttpClientRequest.HttpClientRequest
): Either.Either<URL, HttpClientError.HttpClientError> =>
  Either.mapLeft(
    UrlParams.makeUrl(request.url, request.urlParams, request.hash),
    (cause) => new HttpClientError.RequestError({ request, reason: "InvalidUrl", cause })
  )

export const unsupported = (
  request: HttpClientRequest.HttpClientRequest,
  description: string
): HttpClientError.HttpClientError => new HttpClientError.RequestError({ request, reason: "Encode", description })

/** What went wrong on the way, with the reply if it had begun. */
export const lost = (
  request: HttpClientRequest.HttpClientRequest,
  cause: unknown,
  response: HttpClientResponse.HttpClientResponse | undefined
): HttpClientError.HttpClientError =>
  response === undefined
    ? new HttpClientError.RequestError({ request, reason: "Transport", cause })
    : new HttpClientError.ResponseError({ request, response, reason: "Decode", cause })
