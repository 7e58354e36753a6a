import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import { constTrue } from "effect/Function"
import * as Result from "effect/Result"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as Option from "effect/Option"
import * as Url from "effect/http/Url"

/** The client without a span and with a size limit, for clients that know one. */
export const quiet = (client: HttpClient.HttpClient, maxBodySize: number) =>
  client.pipe(
    // The stock span has the URL with its query, hence the token; the operation's own span has what is safe.
    HttpClient.transformResponse(Effect.provideService(HttpClient.TracerDisabledWhen, constTrue)),
    HttpClient.transformResponse(Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(maxBodySize)))
  )

/** How many bytes a reply may have for the fiber that asks. */
export const maxBodySize: Effect.Effect<number> = Effect.map(HttpIncomingMessage.MaxBodySize, (size) =>
  size === undefined ? Infinity : Option.getOrElse(ByteSize.toNumber(size), () => Infinity)
)

export const isEmptyBody = ({ reason }: HttpClientError.HttpClientError): boolean => reason._tag === "EmptyBodyError"

/** A client that fails on a status, such as `HttpClient.filterStatusOk`, has received the reply all the same. */
export const anyStatus = (error: HttpClientError.HttpClientError) =>
  error.reason._tag === "StatusCodeError" ? Effect.succeed(error.reason.response) : Effect.fail(error)

/** What caused a failure, and whether a reply had begun. */
export const causeOf = ({ reason }: HttpClientError.HttpClientError) => ({
  cause: reason.cause,
  hasReply: "response" in reason
})

const failure = (reason: HttpClientError.HttpClientErrorReason) => new HttpClientError.HttpClientError({ reason })

export const urlOf = (
  request: HttpClientRequest.HttpClientRequest
): Result.Result<URL, HttpClientError.HttpClientError> =>
  Result.mapError(Url.make(request.url, request.urlParams, Option.getOrUndefined(request.hash)), (cause) =>
    failure(new HttpClientError.InvalidUrlError({ request, cause }))
  )

export const unsupported = (
  request: HttpClientRequest.HttpClientRequest,
  description: string
): HttpClientError.HttpClientError => failure(new HttpClientError.EncodeError({ request, description }))

/** What went wrong on the way, with the reply if it had begun. */
export const lost = (
  request: HttpClientRequest.HttpClientRequest,
  cause: unknown,
  response: HttpClientResponse.HttpClientResponse | undefined
): HttpClientError.HttpClientError =>
  failure(
    response === undefined
      ? new HttpClientError.TransportError({ request, cause })
      : new HttpClientError.DecodeError({ request, response, cause })
  )
