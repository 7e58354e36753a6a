/**
 * Checks the JSON-RPC messages of a client before @effect/rpc reads them. @effect/rpc stops reading at a line that is not JSON, knows only ids that
 * are numbers, and answers an unknown method with an id of its own.
 */
import { ClientNotificationRpcs, ClientRequestRpcs } from "@effect/ai/McpSchema"
import * as Either from "effect/Either"
import * as Predicate from "effect/Predicate"

type Id = string | number

/** What to do with a line of a client. */
export interface Received {
  /** the line for the server, if there is something in it for the server */
  readonly forward?: string
  /** replies to the client that need no server */
  readonly replies: ReadonlyArray<string>
}

const codes = {
  parse: -32700,
  invalid: -32600,
  unknownMethod: -32601
} as const

const messages = {
  parse: "Parse error: the line cannot be read as JSON",
  invalid: "Invalid request: the message is not a JSON-RPC request",
  unknownMethod: "Method not found"
} as const

const refusal = (kind: keyof typeof codes, id: Id | null) =>
  JSON.stringify({ jsonrpc: "2.0", id, error: { code: codes[kind], message: messages[kind] } })

const isId = (id: unknown): id is Id => typeof id === "string" || typeof id === "number"

/** A message of the server without a method is a reply. */
const isReply = (message: unknown): message is Record<string, unknown> =>
  Predicate.isRecord(message) && !("method" in message) && "id" in message

/** One connection: it gives every request a number, and replies get the client's own id back. `complete` adds to the result of a method. */
export const make = (complete: (method: string, result: object) => object) => {
  const ids = new Map<number, { readonly id: Id; readonly method: string }>()
  let last = 0

  const accept = (id: Id, method: string) => {
    ids.set(++last, { id, method })
    return last
  }

  /** The number of a cancelled request. Its reply is dropped, because the client does not wait for it any more. */
  const cancel = (id: unknown) => {
    const number = [...ids].find(([, own]) => own.id === id)?.[0]
    return number !== undefined && ids.delete(number) ? number : undefined
  }

  /** The message for the server, or a refusal, or nothing where JSON-RPC wants silence. */
  const receiveMessage = (message: unknown): Either.Either<object | undefined, string> => {
    if (!Predicate.isRecord(message)) {
      return Either.left(refusal("invalid", null))
    }
    const { id, method, params } = message
    if (typeof method !== "string") {
      // this server sends no requests, so a response is not expected
      return "result" in message || "error" in message
        ? Either.right(undefined)
        : Either.left(refusal("invalid", isId(id) ? id : null))
    }
    if (id === undefined) {
      if (method === "notifications/cancelled") {
        const requestId = Predicate.isRecord(params) ? cancel(params["requestId"]) : undefined
        return Either.right(requestId === undefined ? undefined : { ...message, params: { requestId } })
      }
      return Either.right(ClientNotificationRpcs.requests.has(method) ? message : undefined)
    }
    if (!isId(id)) {
      return Either.left(refusal("invalid", null))
    }
    return ClientRequestRpcs.requests.has(method)
      ? Either.right({ ...message, id: accept(id, method) })
      : Either.left(refusal("unknownMethod", id))
  }

  const read = (line: string): Received => {
    const json: unknown = JSON.parse(line)
    const batch: ReadonlyArray<unknown> = Array.isArray(json) ? json : [json]
    const received = batch.length === 0 ? [Either.left(refusal("invalid", null))] : batch.map(receiveMessage)
    const replies = received.flatMap((message) => (Either.isLeft(message) ? [message.left] : []))
    const accepted = received.flatMap((message) =>
      Either.isRight(message) && message.right !== undefined ? [message.right] : []
    )
    if (accepted.length === 0) {
      return { replies }
    }
    return { forward: JSON.stringify(Array.isArray(json) ? accepted : accepted[0]), replies }
  }

  /** A reply with the client's id; undefined if the client does not wait for one. */
  const sendMessage = (message: unknown): unknown => {
    if (!isReply(message)) {
      return message
    }
    const number = Number(message["id"])
    const request = ids.get(number)
    ids.delete(number)
    if (request === undefined) {
      return undefined
    }
    const { result } = message
    const completed = Predicate.isRecord(result) ? { result: complete(request.method, result) } : {}
    return { ...message, ...completed, id: request.id }
  }

  return {
    /** reads a line of the client */
    receive: (line: string): Received =>
      Either.getOrElse(
        Either.try(() => read(line)),
        () => ({ replies: [refusal("parse", null)] })
      ),
    /** prepares a line of the server for the client; undefined if there is nothing to send */
    send: (line: string): string | undefined => {
      const json: unknown = JSON.parse(line)
      const sent = Array.isArray(json)
        ? json.map(sendMessage).filter((message) => message !== undefined)
        : sendMessage(json)
      return sent === undefined || (Array.isArray(sent) && sent.length === 0) ? undefined : JSON.stringify(sent)
    }
  }
}
