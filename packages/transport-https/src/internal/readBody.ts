import type * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

/** The cause with which a client says that it stopped reading at the size limit. */
export class BodyTooLarge extends Data.TaggedError("BodyTooLarge") {}

/** A declared length is kept by HTTP itself, but says nothing about what an encoding unfolds to. */
const isDeclaredWithin = ({ headers }: HttpClientResponse.HttpClientResponse, maxBodySize: number) =>
  headers["content-encoding"] === undefined && Number(headers["content-length"] ?? NaN) <= maxBodySize

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

/** Reads a reply of at most `maxBodySize` bytes as text. */
export const readBody = (
  response: HttpClientResponse.HttpClientResponse,
  maxBodySize: number
): Effect.Effect<string, HttpClientError.ResponseError | BodyTooLarge> =>
  isDeclaredWithin(response, maxBodySize) ? response.text : readCounted(response, maxBodySize)
