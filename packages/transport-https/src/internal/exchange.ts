import type { Deadline } from "@effect-wechat/plugin-manager/Deadline"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import { describeCause } from "./describeCause.js"

/** What came back over HTTP, whatever it is. */
export interface Answer {
  readonly status: number
  readonly contentType: string | undefined
  readonly text: string
}

/** Nothing came back, or not all of it, or more than is taken, or too late. */
class NoAnswer extends Data.TaggedError("NoAnswer")<{
  readonly reason: "connection" | "size" | "timeout"
  readonly description: string
}> {}

/** Posts JSON and reads the answer, within the deadline: all that is asked of an HTTP client. */
export type Exchange = (url: string, body: string, deadline: Deadline) => Effect.Effect<Answer, NoAnswer>

/** How this program speaks HTTP: over any HttpClient, over undici, or over the platform's `fetch`. */
export class HttpExchange extends Context.Tag("@effect-wechat/transport-https/HttpExchange")<
  HttpExchange,
  { readonly make: (maxBodySize: number) => Exchange }
>() {}

/** The cause with which a client says that it stopped reading at the size limit. */
export class BodyTooLarge extends Data.TaggedError("BodyTooLarge") {}

/** A declared length is kept by HTTP itself, but says nothing about what an encoding unfolds to. */
export const isDeclaredWithin = (
  contentEncoding: string | null | undefined,
  contentLength: string | null | undefined,
  maxBodySize: number
) => (contentEncoding ?? undefined) === undefined && Number(contentLength ?? NaN) <= maxBodySize

export const late = () => new NoAnswer({ reason: "timeout", description: "" })

export const broken = (cause: unknown, hasBegun: boolean, maxBodySize: number) =>
  cause instanceof BodyTooLarge
    ? new NoAnswer({ reason: "size", description: `the reply has more than ${maxBodySize} bytes` })
    : new NoAnswer({
        reason: "connection",
        description: `${hasBegun ? "the connection broke during the reply" : "no reply"}${describeCause(cause)}`
      })
