import * as Headers from "@effect/platform/Headers"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type { Received } from "./undiciDispatch.js"

/** statuses that a web Response takes no body with */
const bodiless = new Set([101, 204, 205, 304])

/** The platform's own response, of a reply that is all there. */
export const toResponse = (
  request: HttpClientRequest.HttpClientRequest,
  { body, headers, status }: Received
): HttpClientResponse.HttpClientResponse =>
  HttpClientResponse.fromWeb(
    request,
    new Response(bodiless.has(status) ? null : body, { status, headers: Headers.fromInput(headers) })
  )
