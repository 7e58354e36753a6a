import type * as Effect from "effect/Effect"
import type { Credential, Entry, Operation } from "../../Journal.js"
import type { Reply } from "./reply.js"

/** A request, read to its end. */
export interface Inbound {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: Uint8Array
  /** Grows with each request and so gives each its request id. */
  readonly now: number
  readonly rid: string
}

/** What an endpoint makes of a request: what to note, what to reply, and how WeChat's words travel from there. */
export interface Visit {
  readonly operation?: Operation | undefined
  readonly action?: unknown
  readonly credential?: Credential | undefined
  readonly body?: unknown
  readonly rawBody?: string
  readonly reply: Effect.Effect<Reply>
  readonly wrap: (body: string | Uint8Array, contentType: string, errcode: number | undefined) => Reply
}

export interface Endpoint {
  readonly door: Entry["endpoint"]
  readonly receive: (inbound: Inbound) => Visit
}
