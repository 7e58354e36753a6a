import * as Http from "node:http"
import type { AddressInfo, Socket } from "node:net"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"
import * as FiberSet from "effect/FiberSet"
import type * as Scope from "effect/Scope"
import type { Exchange } from "./exchange.js"

/** The server could not listen on its port. */
export class ListenError extends Data.TaggedError("ListenError")<{ readonly description: string }> {}

interface Listener {
  readonly server: Http.Server
  readonly sockets: Set<Socket>
}

const open = Effect.sync((): Listener => {
  const server = Http.createServer()
  // longer than clients keep an idle connection, so that none is closed while a client reuses it
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
 * Listens on 127.0.0.1 until the scope closes, and returns the port. Each request runs in a fiber of its own, which is interrupted
 * when the client disconnects.
 */
export const listen: (
  port: number,
  handle: (exchange: Exchange) => Effect.Effect<void>
) => Effect.Effect<number, ListenError, Scope.Scope> = Effect.fnUntraced(function* (port, handle) {
  const { server } = yield* Effect.acquireRelease(open, shut)
  // acquired after the server, so that the fibers are interrupted before the shutdown destroys their sockets
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
