import { createCipheriv, createHash } from "node:crypto"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Runtime } from "effect"

type App = Effect.Effect<HttpServerResponse.HttpServerResponse, never, HttpServerRequest.HttpServerRequest>

/** What an app answers to a request. */
export const answer = (app: App, request: Request) =>
  Effect.flatMap(
    Effect.provideService(app, HttpServerRequest.HttpServerRequest, HttpServerRequest.fromWeb(request)),
    (response) =>
      Effect.promise(async () => ({ status: response.status, text: await HttpServerResponse.toWeb(response).text() }))
  )

/** What a push was, as it arrived. */
export interface Arrived {
  readonly url: string
  readonly body: string
}

export const requestOf = ({ body, url }: Arrived, method = "POST"): Request =>
  new Request(url, method === "GET" ? { method } : { method, body })

/** A server for pushes, which keeps what arrives. */
export const receiver = (app: App) =>
  Effect.gen(function* () {
    const run = Runtime.runPromise(yield* Effect.runtime<never>())
    const arrived: Array<Arrived> = []
    const { url } = yield* httpServer((request, response) => {
      const chunks: Array<Buffer> = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", async () => {
        const push = { url: `http://127.0.0.1${request.url}`, body: Buffer.concat(chunks).toString() }
        arrived.push(push)
        const { status, text } = await run(answer(app, requestOf(push)))
        response.writeHead(status).end(text)
      })
    })
    return { url, arrived }
  })

export interface Seal {
  readonly message: string
  readonly appId: string
  readonly key: string
  readonly token: string
  /** in seconds */
  readonly timestamp: number
}

/** A push by node's own cryptography. */
export const push = ({ appId, key: encodingAesKey, message, timestamp, token }: Seal): Arrived => {
  const key = Buffer.from(`${encodingAesKey}=`, "base64")
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(message))
  const plain = Buffer.concat([Buffer.alloc(16, "r"), length, Buffer.from(message + appId)])
  const padding = 32 - (plain.length % 32)
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false)
  const encrypted = Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding))])
  return signed(encrypted.toString("base64"), token, String(timestamp))
}

export const signed = (encrypted: string, token: string, timestamp: string, nonce = "n-1"): Arrived => {
  const signature = createHash("sha1").update([token, timestamp, nonce, encrypted].sort().join("")).digest("hex")
  const query = new URLSearchParams({ timestamp, nonce, encrypt_type: "aes", msg_signature: signature })
  return {
    url: `http://127.0.0.1/events?${query}`,
    body: `<xml><AppId>wx</AppId><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  }
}
