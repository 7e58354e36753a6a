import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Reply } from "./reply.js"
import type { Exchange } from "./server.js"
import type { Time } from "../domain/time.js"

const maxBodySize = 1024 * 1024

/** The body; none when it is too long, which is then read to its end so that the client gets to see the refusal. */
export const readBody = ({ request }: Exchange): Effect.Effect<Option.Option<Uint8Array>> =>
  Effect.async((resume) => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    request.on("data", (chunk: Uint8Array) => {
      size += chunk.length
      if (size <= maxBodySize) {
        chunks.push(chunk)
      }
    })
    request.once("end", () =>
      resume(Effect.succeed(size > maxBodySize ? Option.none() : Option.some(new Uint8Array(Buffer.concat(chunks)))))
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

/** FIN: the request has been read to its end, so the kernel has no reason to send an RST instead. */
export const close = ({ request }: Exchange): Effect.Effect<void> =>
  Effect.sync(() => {
    request.socket.destroy()
  })

export const reset = ({ request }: Exchange): Effect.Effect<void> =>
  Effect.sync(() => {
    request.socket.resetAndDestroy()
  })

export const truncate: (exchange: Exchange, reply: Reply) => Effect.Effect<void> = Effect.fnUntraced(
  function* (exchange, reply) {
    const half = reply.body.subarray(0, Math.floor(reply.body.length / 2))
    // one more than there is, so that an empty body is cut short as well
    writeHead(exchange, reply, reply.body.length + 1)
    yield* half.length === 0 ? Effect.sync(() => exchange.response.flushHeaders()) : write(exchange, half)
    yield* close(exchange)
  }
)

export const drip: (
  exchange: Exchange,
  reply: Reply,
  pace: { readonly size: number; readonly pause: Duration.Duration; readonly start: number; readonly time: Time }
) => Effect.Effect<void> = Effect.fnUntraced(function* (exchange, reply, { pause, size, start, time }) {
  writeHead(exchange, reply, reply.body.length)
  const pieces = Math.ceil(reply.body.length / size)
  for (let piece = 0; piece < pieces; piece++) {
    yield* time.sleepUntil(start + piece * Duration.toMillis(pause))
    yield* write(exchange, reply.body.subarray(piece * size, (piece + 1) * size))
  }
  exchange.response.end()
})
