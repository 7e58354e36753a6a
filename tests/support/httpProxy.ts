import { Effect, type Scope } from "effect"
import { createServer, request } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"

export interface HttpProxy {
  readonly url: string
  /** what it was asked to reach: `CONNECT host:port` for a tunnel, `POST host:port` for a request to forward */
  readonly seen: ReadonlyArray<string>
}

/** A real HTTP proxy on loopback, of both kinds: undici asks for a tunnel, Bun for a plain http URL has it forwarded. */
export const httpProxy: Effect.Effect<HttpProxy, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.async<{ readonly url: string; readonly seen: Array<string>; readonly close: () => void }>((resume) => {
      const seen: Array<string> = []
      const sockets = new Set<Socket>()
      const server = createServer((incoming, outgoing) => {
        const target = new URL(incoming.url!)
        seen.push(`${incoming.method} ${target.host}`)
        const { "proxy-connection": _, ...headers } = incoming.headers
        const forwarded = request(target, { method: incoming.method!, headers }, (reply) => {
          outgoing.writeHead(reply.statusCode!, reply.headers)
          reply.pipe(outgoing)
        })
        forwarded.on("error", () => outgoing.destroy())
        incoming.pipe(forwarded)
      })
      server.on("connect", ({ url }, client: Socket, head: Buffer) => {
        seen.push(`CONNECT ${url}`)
        const { hostname, port } = new URL(`http://${url}`)
        const upstream = connect(Number(port), hostname, () => {
          client.write("HTTP/1.1 200 Connection Established\r\n\r\n")
          upstream.write(head)
          upstream.pipe(client).pipe(upstream)
        })
        sockets.add(upstream)
        upstream.on("error", () => client.destroy()).on("close", () => client.destroy())
        client.on("error", () => upstream.destroy()).on("close", () => upstream.destroy())
      })
      server.on("connection", (socket) => sockets.add(socket))
      const close = () => {
        for (const socket of sockets) {
          socket.destroy()
        }
        server.close()
      }
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, seen, close }))
      })
    }),
    ({ close }) => Effect.sync(close)
  ),
  ({ seen, url }) => ({ seen, url })
)
