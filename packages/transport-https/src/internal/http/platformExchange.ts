import { RequestInit } from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { Body, BodyTooLarge, toText } from "./body.js"
import { broken, type Exchange, HttpExchange, NoAnswer, type Outcome } from "./exchange.js"
import { anyStatus, causeOf, isEmptyBody, quiet } from "../platform.js"
import { runAs } from "./runAs.js"

/** Counted while it is read: the stock clients do not bound a reply (FetchHttpClient ignores `MaxBodySize`). */
const readBody = (response: HttpClientResponse.HttpClientResponse, maxBodySize: number) =>
  Effect.suspend(() => {
    const body = new Body(maxBodySize)
    return response.stream.pipe(
      Stream.runForEachChunk((chunks) => {
        for (const bytes of chunks) {
          if (!body.add(bytes)) {
            return Effect.fail(new BodyTooLarge())
          }
        }
        return Effect.void
      }),
      Effect.catchIf(
        (error) => !(error instanceof BodyTooLarge) && isEmptyBody(error),
        () => Effect.void
      ),
      Effect.flatMap(() => {
        const text = toText(body.bytes, maxBodySize)
        return typeof text === "string"
          ? Effect.succeed(text)
          : Effect.tryPromise({
              try: () => text,
              catch: (cause) => (cause instanceof BodyTooLarge ? cause : undefined)
            })
      })
    )
  })

/** `FetchHttpClient` follows redirects unless its `RequestInit` says otherwise. */
export const withoutRedirects = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.mapInputContext(self, (context: Context.Context<R>) =>
    Context.add(context, RequestInit, {
      ...Option.getOrUndefined(Context.getOption(context as Context.Context<never>, RequestInit)),
      redirect: "manual"
    })
  ) as Effect.Effect<A, E, R>

type Failure = HttpClientError.HttpClientError | BodyTooLarge | undefined

const overAny = (httpClient: HttpClient.HttpClient, maxBodySize: number): Exchange => {
  const client = quiet(httpClient, maxBodySize)
  const failure = (error: Failure) => {
    if (error === undefined || error instanceof BodyTooLarge) {
      return Effect.succeed(broken(error, true, maxBodySize))
    }
    const { cause, hasReply } = causeOf(error)
    return Effect.succeed(broken(cause, hasReply, maxBodySize))
  }
  // a defect must not leave the fiber: Effect logs its cause
  const defect = (cause: unknown) => Effect.succeed(broken(cause, false, maxBodySize))

  return (url, body, caller, onEnd, headers = {}) => {
    const request =
      body === undefined
        ? HttpClientRequest.get(url)
        : HttpClientRequest.bodyText(HttpClientRequest.post(url, { headers }), body, "application/json")
    const answer = (response: HttpClientResponse.HttpClientResponse): Effect.Effect<Outcome, Failure> =>
      // a client that follows redirects by itself, such as `HttpClient.followRedirects`, answers for another URL
      response.request.url === request.url
        ? Effect.map(readBody(response, maxBodySize), (text) => ({
            status: response.status,
            header: (name: string) => response.headers[name],
            text
          }))
        : Effect.succeed(new NoAnswer("redirect", "the HTTP client followed a redirect"))
    const exchange = client.execute(request).pipe(
      withoutRedirects,
      Effect.catchAll(anyStatus),
      Effect.flatMap(answer),
      Effect.catchAll(failure),
      Effect.catchAllDefect(defect),
      // a stream reads in fibers of its own, and Effect logs their failures with the URL
      Effect.withUnhandledErrorLogLevel(Option.none())
    )
    return runAs(caller, exchange, (exit) => {
      onEnd(Exit.isSuccess(exit) ? exit.value : broken(Cause.squash(exit.cause), false, maxBodySize))
    })
  }
}

const shortcutsKey = Symbol.for("@effect-wechat/transport-https/shortcuts")

/**
 * The clients that have a shorter way of their own: those that this package makes. Global, since a program may load this package twice, as
 * ESM and as CommonJS.
 */
export const shortcuts: WeakMap<HttpClient.HttpClient, (maxBodySize: number) => Exchange> = ((
  globalThis as { [shortcutsKey]?: typeof shortcuts }
)[shortcutsKey] ??= new WeakMap())

/** Over the `HttpClient` that the context has. */
export const layerHttpClient: Layer.Layer<HttpExchange, never, HttpClient.HttpClient> = Layer.effect(
  HttpExchange,
  Effect.map(HttpClient.HttpClient, (client) => ({
    make: (maxBodySize) => shortcuts.get(client)?.(maxBodySize) ?? overAny(client, maxBodySize)
  }))
)
