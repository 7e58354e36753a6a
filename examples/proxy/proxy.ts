/**
 * Runs `fetch.ts` through a proxy on loopback, for those who have no other at hand (Node only).
 */
import { createServer } from "node:http"
import { connect } from "node:net"
import { once } from "node:events"

const proxy = createServer().on("connect", (request, client, head) => {
  console.log(`CONNECT ${request.url}`)
  const { hostname, port } = new URL(`http://${request.url}`)
  const server = connect(Number(port || 80), hostname, () => {
    client.write("HTTP/1.1 200 OK\r\n\r\n")
    server.write(head)
    client.pipe(server).pipe(client)
  })
  server.on("error", () => client.destroy())
  client.on("error", () => server.destroy())
})
await once(proxy.listen(0, "127.0.0.1"), "listening")
const address = proxy.address()
process.env["PROXY_URL"] = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`

await import("./fetch.js")
proxy.close()
