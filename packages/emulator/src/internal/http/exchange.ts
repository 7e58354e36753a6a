import type * as Http from "node:http"
import type { Socket } from "node:net"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Reply } from "./reply.js"

/** One HTTP request and its reply. */
export interface Exchange {
  readonly request: Http.IncomingMessage
  readonly response: Http.ServerResponse
  /** The TCP connection, below TLS if there is any. */
  readonly connection: Socket
}

/** The body, or none if it is longer than `maxSize`. A long body is read to its end, so that the client can read the refusal. */
export const readBody = ({ request }: Exchange, maxSize: number): Effect.Effect<Option.Option<Uint8Array>> =>
  Effect.async((resume) => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    request.on("data", (chunk: Uint8Array) => {
      size += chunk.length
      if (size <= maxSize) {
        chunks.push(chunk)
      }
    })
    request.once("end", () =>
      resume(Effect.succeed(size > maxSize ? Option.none() : Option.some(new Uint8Array(Buffer.concat(chunks)))))
    )
  })

const bodiless = new Set([204, 304])

const writeHead = ({ response }: Exchange, reply: Reply, length: number): void => {
  response.writeHead(reply.status, {
    ...(bodiless.has(reply.status) ? {} : { "content-length": String(length) }),
    ...reply.headers
  })
}

const write = ({ response }: Exchange, chunk: Uint8Array): Effect.Effect<void> =>
  Effect.async((resume) => {
    response.write(chunk, () => resume(Effect.void))
  })

export const send = (exchange: Exchange, reply: Reply): Effect.Effect<void> =>
  Effect.sync(() => {
    writeHead(exchange, reply, reply.body.length)
    exchange.response.end(reply.body)
  })

/** Closes the connection with a FIN. The request was read to its end, so the kernel does not send an RST instead. */
export const close = ({ connection }: Exchange): Effect.Effect<void> =>
  Effect.sync(() => {
    connection.destroy()
  })

/** Closes the connection with an RST. */
export const reset = ({ connection }: Exchange): Effect.Effect<void> =>
  Effect.sync(() => {
    connection.resetAndDestroy()
  })

/** Sends half of the body, then closes the connection. */
export const truncate: (exchange: Exchange, reply: Reply) => Effect.Effect<void> = Effect.fnUntraced(
  function* (exchange, reply) {
    const half = reply.body.subarray(0, Math.floor(reply.body.length / 2))
    // the length is one too many, so that an empty body is also cut short
    writeHead(exchange, reply, reply.body.length + 1)
    yield* half.length === 0 ? Effect.sync(() => exchange.response.flushHeaders()) : write(exchange, half)
    yield* close(exchange)
  }
)

/** The pieces of a slow body: one piece at `start`, and the next after each `pause`. */
export interface Pace {
  readonly size: number
  readonly pause: Duration.Duration
  readonly start: number
  readonly sleepUntil: (instant: number) => Effect.Effect<void>
}

/** Sends the body in pieces. */
export const drip: (exchange: Exchange, reply: Reply, pace: Pace) => Effect.Effect<void> = Effect.fnUntraced(function* (
  exchange,
  reply,
  { pause, size, sleepUntil, start }
) {
  writeHead(exchange, reply, reply.body.length)
  const pieces = Math.ceil(reply.body.length / size)
  for (let piece = 0; piece < pieces; piece++) {
    yield* sleepUntil(start + piece * Duration.toMillis(pause))
    yield* write(exchange, reply.body.subarray(piece * size, (piece + 1) * size))
  }
  exchange.response.end()
})
