import { Effect, type Scope } from "effect"
import type { RequestListener } from "node:http"
import { createServer as createHttps } from "node:https"
import { type AddressInfo, connect, type Server, type Socket } from "node:net"
import { createServer as createTls } from "node:tls"
import { makeCertificate } from "../../benchmarks/lib/certificate.mjs"

/** Of 127.0.0.1, and its own authority. */
export const certificate = makeCertificate()

const listening = (server: Server): Effect.Effect<{ readonly url: string }, never, Scope.Scope> =>
  Effect.gen(function* () {
    const sockets = new Set<Socket>()
    server.on("connection", (socket: Socket) => sockets.add(socket))
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () =>
        Effect.async<void>((resume) => {
          server.close(() => resume(Effect.void))
          for (const socket of sockets) {
            socket.destroy()
          }
        })
    )
    return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` }
  })

/** A real HTTPS server on loopback. */
export const httpsServer = (listener: RequestListener) =>
  Effect.suspend(() => listening(createHttps(certificate, listener)))

/** Speaks TLS for a server on loopback that does not. */
export const tlsProxy = (to: URL) =>
  Effect.suspend(() =>
    listening(
      createTls(certificate, (client) => {
        const upstream = connect(Number(to.port), to.hostname)
        upstream.on("error", () => client.destroy()).on("close", () => client.destroy())
        client.on("error", () => upstream.destroy()).on("close", () => upstream.destroy())
        client.pipe(upstream).pipe(client)
      })
    )
  )
