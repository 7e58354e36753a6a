import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type { Received } from "./undiciDispatch.js"

/** Bytes as characters, as fetch has them: some versions of undici decode a header, and `Headers` refuses the result. */
const byteString = (value: string) => (/[^\0-\xff]/.test(value) ? Buffer.from(value).toString("latin1") : value)

const toHeaders = (received: Received["headers"]) => {
  const headers = new Headers()
  for (const [name, value = []] of Object.entries(received)) {
    // repeated ones one by one: joined, cookies could not be told apart
    for (const one of typeof value === "string" ? [value] : value) {
      headers.append(name, byteString(one))
    }
  }
  return headers
}

/** The platform's own response, of a reply that is all there. */
export const toResponse = (
  request: HttpClientRequest.HttpClientRequest,
  { body, headers, status }: Received
): HttpClientResponse.HttpClientResponse => {
  const response = new Response(body, { headers: toHeaders(headers) })
  // HTTP has statuses that the constructor refuses
  return HttpClientResponse.fromWeb(request, Object.defineProperty(response, "status", { value: status }))
}
