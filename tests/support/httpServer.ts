import { Effect, type Scope } from "effect"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** A real server on loopback. */
export const httpServer = (
  listener: (request: IncomingMessage, response: ServerResponse) => void
): Effect.Effect<{ readonly url: string }, never, Scope.Scope> =>
  Effect.gen(function* () {
    const server = yield* Effect.acquireRelease(
      Effect.sync(() => createServer(listener)),
      (server) => Effect.async<void>((resume) => void server.close(() => resume(Effect.void)).closeAllConnections())
    )
    yield* Effect.async<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void)))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  })

/** What a server was asked. */
export interface Echo {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: ReadonlyArray<number>
}

/** Answers with an `Echo` in a header, which a reply to HEAD has too. */
export const echo = (request: IncomingMessage, response: ServerResponse): void => {
  const chunks: Array<Buffer> = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const { headers, method, url } = request
    response
      .setHeader("x-echo", JSON.stringify({ method, url, headers, body: Array.from(Buffer.concat(chunks)) }))
      .end()
  })
}
