import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

/**
 * Reads a reply as text, `"too large"` as soon as it is over `maxBodySize` bytes. Counted here, while it is read, since
 * the stock clients do not bound it (FetchHttpClient ignores `withMaxBodySize`).
 */
export const readBody = (
  response: HttpClientResponse.HttpClientResponse,
  maxBodySize: number
): Effect.Effect<string, HttpClientError.ResponseError | "too large"> =>
  Effect.suspend(() => {
    const decoder = new TextDecoder()
    let size = 0
    let text = ""
    return response.stream.pipe(
      Stream.runForEachChunk((chunks) => {
        for (const bytes of chunks) {
          size += bytes.byteLength
          if (size > maxBodySize) {
            return Effect.fail("too large" as const)
          }
          text += decoder.decode(bytes, { stream: true })
        }
        return Effect.void
      }),
      Effect.catchIf(
        (error) => error !== "too large" && error.reason === "EmptyBody",
        () => Effect.void
      ),
      Effect.map(() => text + decoder.decode())
    )
  })
