import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type { RuntimeFiber } from "effect/Fiber"
import { describeCause } from "./describeCause.js"

/** What came back over HTTP, whatever it is. */
export interface Answer {
  readonly status: number
  /** by its name in lower case */
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/** Nothing came back, or not all of it, or more than is taken. */
export class NoAnswer {
  constructor(
    readonly reason: "connection" | "size" | "signature" | "credential",
    readonly description: string
  ) {}
}

/**
 * Posts JSON, or gets where there is none, and calls back with the answer: all that is asked of an HTTP client. It returns how
 * to give up; what it calls back with after that is not looked at. The fiber that asks has the caller's context; `headers` come
 * on top of the content-type of JSON.
 */
export type Exchange = (
  url: string,
  body: string | undefined,
  fiber: RuntimeFiber<unknown, unknown>,
  onEnd: (outcome: Answer | NoAnswer) => void,
  headers?: Readonly<Record<string, string>>
) => () => void

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

export const broken = (cause: unknown, hasBegun: boolean, maxBodySize: number) =>
  cause instanceof BodyTooLarge
    ? new NoAnswer("size", `the reply has more than ${maxBodySize} bytes`)
    : new NoAnswer(
        "connection",
        `${hasBegun ? "the connection broke during the reply" : "no reply"}${describeCause(cause)}`
      )
