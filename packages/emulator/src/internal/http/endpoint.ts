import type * as Effect from "effect/Effect"
import type { Credential, Entry, Operation } from "../../Journal.js"
import type { Reply } from "./reply.js"

/** A request whose body has been read. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: Uint8Array
  /** The time at which it arrived. */
  readonly now: number
  /** Its request id, which WeChat appends to an `errmsg`. */
  readonly rid: string
}

/** How an endpoint handles one request: what the journal records about it, and its reply. */
export interface Handling {
  readonly operation?: Operation | undefined
  readonly action?: unknown
  /** The mini program or component that the request is for. */
  readonly appid?: Effect.Effect<string | undefined>
  readonly credential?: Credential | undefined
  readonly body?: unknown
  readonly rawBody?: string
  readonly reply: Effect.Effect<Reply>
  /** Turns a body that a fault ordered into a reply of this endpoint. */
  readonly wrap: (body: string | Uint8Array, contentType: string, errcode: number | undefined) => Reply
}

export interface Endpoint {
  readonly name: Entry["endpoint"]
  readonly handle: (request: Request) => Handling
}

/** A header that was sent once; an empty string if it is absent. */
export const header = ({ headers }: Request, name: string): string => {
  const value = headers[name]
  return typeof value === "string" ? value : ""
}
