// A server that replies as fast as node:http can: prebuilt replies, one port for each, plain and TLS. It is a separate process, so that its
// work is not counted for a client.
import { createServer as createPlain } from "node:http"
import { createServer as createTls } from "node:https"
import { makeCertificate } from "./certificate.mjs"
import { replyOf, sizes } from "./replies.mjs"

const token = Buffer.from(JSON.stringify({ access_token: "T".repeat(157), expires_in: 7200 }))

const headersOf = (body) => ({ "content-type": "application/json; encoding=utf-8", "content-length": body.length })

const answering = (list) => {
  const [listHeaders, tokenHeaders] = [headersOf(list), headersOf(token)]
  return (request, response) => {
    request.resume()
    request.once("end", () => {
      const isToken = request.url.startsWith("/cgi-bin/")
      response.writeHead(200, isToken ? tokenHeaders : listHeaders).end(isToken ? token : list)
    })
  }
}

const listen = (server) =>
  new Promise((resolve) => {
    // long enough for idle clients to keep their connections while others are measured
    server.keepAliveTimeout = 600_000
    server.listen(0, "127.0.0.1", 4096, () => resolve(server.address().port))
  })

const certificate = makeCertificate()
const origins = { plain: {}, tls: {} }
for (const size of sizes) {
  const handler = answering(Buffer.from(replyOf(size)))
  origins.plain[size] = `http://127.0.0.1:${await listen(createPlain(handler))}`
  origins.tls[size] = `https://127.0.0.1:${await listen(createTls(certificate, handler))}`
}
process.send({ origins, cert: certificate.cert })
process.on("disconnect", () => process.exit())
