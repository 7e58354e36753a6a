import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as Effect from "effect/Effect"
import { overFetch } from "./fetchExchange.js"
import { shortcuts, withoutRedirects } from "./platformExchange.js"

/** The stock client over `fetch`, which follows no redirects here. Our own transport takes the shorter way. */
export const makeFetchClient = Effect.zipWith(
  HttpClient.HttpClient,
  Effect.context<never>(),
  (stock, context): HttpClient.HttpClient => {
    const client = HttpClient.transform(stock, withoutRedirects)
    shortcuts.set(client, overFetch(context))
    return client
  }
).pipe(Effect.provide(FetchHttpClient.layer))
