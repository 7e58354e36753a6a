import * as Http from "node:http"
import * as Https from "node:https"
import type { AddressInfo, Socket } from "node:net"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FiberId from "effect/FiberId"
import * as FiberSet from "effect/FiberSet"
import type * as Scope from "effect/Scope"
import type { Certificate } from "./certificate.js"
import type { Exchange } from "./exchange.js"

/** The server could not listen on its port. */
export class ListenError extends Data.TaggedError("ListenError")<{ readonly description: string }> {}

/** Where to listen. With a certificate, requests come over TLS. */
export interface Address {
  readonly port: number
  readonly host: string
  readonly certificate: Certificate | undefined
}

interface Listener {
  readonly server: Http.Server | Https.Server
  readonly sockets: Set<Socket>
}

const open = ({ certificate }: Address) =>
  Effect.sync((): Listener => {
    const server = certificate === undefined ? Http.createServer() : Https.createServer({ ...certificate })
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

const bind = ({ server }: Listener, { host, port }: Address): Effect.Effect<number, ListenError> =>
  Effect.async((resume) => {
    const fail = (error: Error) => resume(Effect.fail(new ListenError({ description: error.message })))
    server.once("error", fail)
    server.listen(port, host, () => {
      server.off("error", fail)
      resume(Effect.sync(() => (server.address() as AddressInfo).port))
    })
  })

/** The TCP connection of a request. Over TLS, the socket of the request is not the one that can be reset. */
const connectionOf = ({ sockets }: Listener, { socket }: Http.IncomingMessage): Socket =>
  [...sockets].find(({ remotePort }) => remotePort === socket.remotePort) ?? socket

/**
 * Listens until the scope closes, and returns the port. Each request runs in a fiber of its own, which is interrupted
 * when the client disconnects.
 */
export const listen: (
  address: Address,
  handle: (exchange: Exchange) => Effect.Effect<void>
) => Effect.Effect<number, ListenError, Scope.Scope> = Effect.fnUntraced(function* (address, handle) {
  const listener = yield* Effect.acquireRelease(open(address), shut)
  // acquired after the server, so that the fibers are interrupted before the shutdown destroys their sockets
  const run = yield* FiberSet.makeRuntime<never>()
  const isSecure = address.certificate !== undefined
  listener.server.on("request", (request: Http.IncomingMessage, response: Http.ServerResponse) => {
    const connection = isSecure ? connectionOf(listener, request) : request.socket
    const fiber = run(handle({ request, response, connection }))
    response.once("close", () => {
      if (!response.writableFinished) {
        fiber.unsafeInterruptAsFork(FiberId.none)
      }
    })
  })
  return yield* bind(listener, address)
})
