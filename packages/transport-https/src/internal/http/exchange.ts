import * as Context from "effect/Context"
import type { RuntimeFiber } from "effect/Fiber"
import { BodyTooLarge, toText } from "./body.js"

/** What came back over HTTP, whatever it is. */
export interface Answer {
  readonly status: number
  /** by its name in lower case */
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/** Nothing came back, or not all of it, or more than the limit. */
export class NoAnswer {
  constructor(
    readonly reason: "connection" | "size" | "redirect" | "signature" | "credential",
    readonly description: string
  ) {}
}

export type Outcome = Answer | NoAnswer

/**
 * One HTTP request and its reply: posts JSON, or gets if there is no body, and calls back with the outcome. It returns a function that gives
 * up; an outcome after that is ignored. `caller` is the fiber that asks, with its context. `headers` are added to the content-type.
 */
export type Exchange = (
  url: string,
  body: string | undefined,
  caller: RuntimeFiber<unknown, unknown>,
  onEnd: (outcome: Outcome) => void,
  headers?: Readonly<Record<string, string>>
) => () => void

/** How this program speaks HTTP: over any HttpClient, over undici, or over the runtime's `fetch`. */
export class HttpExchange extends Context.Tag("@effect-wechat/transport-https/HttpExchange")<
  HttpExchange,
  { readonly make: (maxBodySize: number) => Exchange }
>() {}

const code = /^\w{1,64}$/

/**
 * The system's code of a network failure, such as ECONNREFUSED. Nothing else is taken from a cause: messages and requests
 * of HTTP clients hold the URL.
 */
const describeCause = (cause: unknown): string => {
  for (let error = cause, depth = 0; depth < 8 && typeof error === "object" && error !== null; depth++) {
    const { cause, code: value, errors }: { cause?: unknown; code?: unknown; errors?: unknown } = error
    if (typeof value === "string" && code.test(value)) {
      return ` (${value})`
    }
    error = cause ?? (Array.isArray(errors) ? errors[0] : undefined)
  }
  return ""
}

/** Describes a failure without its message, which may hold the URL with the token. */
export const broken = (cause: unknown, hasBegun: boolean, maxBodySize: number): NoAnswer =>
  cause instanceof BodyTooLarge
    ? new NoAnswer("size", `the reply has more than ${maxBodySize} bytes`)
    : new NoAnswer(
        "connection",
        `${hasBegun ? "the connection broke during the reply" : "no reply"}${describeCause(cause)}`
      )

/** Calls back with the answer of those bytes. */
export const answer = (
  status: number,
  header: Answer["header"],
  bytes: Uint8Array,
  maxBodySize: number,
  onEnd: (outcome: Outcome) => void
): void => {
  const text = toText(bytes, maxBodySize)
  if (typeof text === "string") {
    onEnd({ status, header, text })
  } else {
    text.then(
      (text) => onEnd({ status, header, text }),
      (cause) => onEnd(broken(cause, true, maxBodySize))
    )
  }
}
