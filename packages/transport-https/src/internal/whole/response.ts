import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type { Received } from "./sender.js"

/** One character per byte, as `Headers` requires: some versions of undici decode headers. */
const byteString = (value: string) => (/[^\0-\xff]/.test(value) ? Buffer.from(value).toString("latin1") : value)

const toHeaders = (received: Received["headers"]) => {
  const headers = new Headers()
  for (const [name, value = []] of Object.entries(received)) {
    // one by one: cookies that are joined cannot be told apart
    for (const one of typeof value === "string" ? [value] : value) {
      headers.append(name, byteString(one))
    }
  }
  return headers
}

/** The response of @effect/platform for a reply that is all there. */
export const toResponse = (
  request: HttpClientRequest.HttpClientRequest,
  { body, headers, status }: Received
): HttpClientResponse.HttpClientResponse => {
  const response = new Response(new Uint8Array(body), { headers: toHeaders(headers) })
  // the constructor refuses some statuses of HTTP
  return HttpClientResponse.fromWeb(request, Object.defineProperty(response, "status", { value: status }))
}
