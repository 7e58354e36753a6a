import * as Http from "node:http"
import type { AddressInfo, Socket } from "node:net"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"
import * as FiberSet from "effect/FiberSet"
import type * as Scope from "effect/Scope"

export interface Exchange {
  readonly request: Http.IncomingMessage
  readonly response: Http.ServerResponse
}

export class ListenError extends Data.TaggedError("ListenError")<{ readonly description: string }> {}

interface Listener {
  readonly server: Http.Server
  readonly sockets: Set<Socket>
}

const open = Effect.sync((): Listener => {
  const server = Http.createServer()
  // a server that drops idle connections races with a client that reuses them; WeChat keeps them for long, too
  server.keepAliveTimeout = 75_000
  const sockets = new Set<Socket>()
  server.on("connection", (socket) => {
    sockets.add(socket)
    socket.once("close", () => sockets.delete(socket))
  })
  return { server, sockets }
})

const shut = ({ server, sockets }: Listener): Effect.Effect<void> =>
  Effect.async((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
    sockets.forEach((socket) => socket.destroy())
  })

const bind = (server: Http.Server, port: number): Effect.Effect<number, ListenError> =>
  Effect.async((resume) => {
    const fail = (error: Error) => resume(Effect.fail(new ListenError({ description: error.message })))
    server.once("error", fail)
    server.listen(port, "127.0.0.1", () => {
      server.off("error", fail)
      resume(Effect.sync(() => (server.address() as AddressInfo).port))
    })
  })

/**
 * Listens on loopback, and nowhere else, until the scope closes. Each request is a fiber of its own, interrupted when the
 * client goes away.
 */
export const listen: (
  port: number,
  handle: (exchange: Exchange) => Effect.Effect<void>
) => Effect.Effect<number, ListenError, Scope.Scope> = Effect.fnUntraced(function* (port, handle) {
  const { server } = yield* Effect.acquireRelease(open, shut)
  // made after the server, hence gone before it: no handler sees its socket destroyed by the shutdown
  const run = yield* FiberSet.makeRuntime<never>()
  server.on("request", (request, response) => {
    const fiber = run(handle({ request, response }))
    response.once("close", () => {
      if (!response.writableFinished) {
        fiber.unsafeInterruptAsFork(FiberId.none)
      }
    })
  })
  return yield* bind(server, port)
})
