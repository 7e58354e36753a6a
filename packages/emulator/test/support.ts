import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import * as Net from "node:net"
import { Emulator } from "@effect-wechat/emulator"
import { Effect, Redacted } from "effect"

export interface HttpReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sends a request with fetch, by default a POST. Fails with fetch's error. */
export const request = (path: string, init: RequestInit = {}): Effect.Effect<HttpReply, Error, Emulator.Emulator> =>
  Effect.flatMap(Emulator.Emulator, ({ url }) =>
    Effect.tryPromise({
      try: async (signal) => {
        const response = await fetch(new URL(path, url), { method: "POST", redirect: "manual", signal, ...init })
        return { status: response.status, headers: response.headers, text: await response.text() }
      },
      catch: (error) => error as Error
    })
  )

export const json = (reply: HttpReply): unknown => JSON.parse(reply.text)

export const errcode = (reply: HttpReply): unknown => (json(reply) as { readonly errcode?: unknown }).errcode

export const callWith = (query: string, body = `{"action":"list"}`) => request(`/wxa/plugin?${query}`, { body })

/** Lists the plugins of the first mini program with a valid token. */
export const list = Effect.gen(function* () {
  const { issueToken } = yield* Emulator.Emulator
  return yield* callWith(`access_token=${Redacted.value(yield* issueToken)}`)
})

interface TokenReply {
  readonly access_token: string
  readonly expires_in: number
  readonly errcode?: number
}

export const stableToken = (options: { readonly force_refresh?: boolean } = {}) =>
  Effect.gen(function* () {
    const { appId, appSecret } = yield* Emulator.Emulator
    const body = { grant_type: "client_credential", appid: appId, secret: Redacted.value(appSecret), ...options }
    const reply = yield* request("/cgi-bin/stable_token", { body: JSON.stringify(body) })
    return json(reply) as TokenReply
  })

export interface RawReply {
  readonly text: string
  readonly ended: boolean
  readonly error: string | undefined
}

/** Sends a request over a socket. Returns the bytes received, and how the connection ended. */
export const overSocket = (lines: string): Effect.Effect<RawReply, never, Emulator.Emulator> =>
  Effect.flatMap(Emulator.Emulator, ({ url }) =>
    Effect.async((resume) => {
      let text = ""
      let ended = false
      let error: string | undefined
      const socket = Net.connect(Number(url.port), "127.0.0.1", () => socket.write(lines))
      socket.on("data", (chunk) => (text += chunk.toString()))
      socket.on("end", () => (ended = true))
      socket.on("error", (cause: NodeJS.ErrnoException) => (error = cause.code))
      socket.on("close", () => resume(Effect.succeed({ text, ended, error })))
      return Effect.sync(() => socket.destroy())
    })
  )

export const listOverSocket = overSocket(
  "POST /wxa/plugin HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}"
)

interface Sdk {
  readonly createNewInstance: (config: Record<string, unknown>) => {
    readonly openapi: {
      (options: { readonly appid: string }): Sdk["openapi"]
      readonly pluginManager: Record<string, (data: Record<string, unknown>) => Promise<unknown>>
    }
  }
  readonly openapi: ReturnType<Sdk["createNewInstance"]>["openapi"]
}

const require = createRequire(import.meta.url)

export const sdks = { "wx-server-sdk 4.0.2": "wx-server-sdk", "wx-server-sdk 3.0.4": "wx-server-sdk-3" } as const

export interface SdkError {
  readonly errCode: number
  readonly errMsg: string
}

/** Calls `cloud.openapi.pluginManager[method]` of the real SDK. */
export const cloudCall = (
  sdk: string,
  options: {
    readonly config?: Record<string, unknown>
    readonly method?: string
    readonly data?: object
    readonly appid?: string
  } = {}
): Effect.Effect<unknown, SdkError, Emulator.Emulator> =>
  Effect.flatMap(Emulator.Emulator, ({ gatewayUrl, secretId, secretKey }) =>
    Effect.tryPromise({
      try: () => {
        const { createNewInstance } = require(sdk) as Sdk
        const { openapi } = createNewInstance({
          env: "test-env-1",
          secretId,
          secretKey: Redacted.value(secretKey),
          serviceUrl: gatewayUrl,
          ...options.config
        })
        const { pluginManager } = options.appid === undefined ? openapi : openapi({ appid: options.appid })
        return pluginManager[options.method ?? "getPluginList"]!({ action: "list", ...options.data })
      },
      catch: (error) => error as SdkError
    })
  )

const page = readFileSync(
  new URL("../../../tests/contract/reference/pluginManager.getPluginList.txt", import.meta.url),
  "utf8"
)

const samples = page.split("# 返回数据示例").slice(1)

/** The sample replies of WeChat's page: over HTTPS, and from wx-server-sdk. */
export const [httpsSample, cloudSample] = samples.map((text): unknown =>
  JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1).split("\n#")[0]!)
)

/** The errcodes in the table of WeChat's page. */
export const pageErrcodes = [
  ...new Set(
    [...page.matchAll(/^(-?\d+) \S*.*$/gm)].map(([, code]) => Number(code)).filter((code) => code < 0 || code > 4)
  )
]
