import { Emulator } from "@effect-wechat/emulator"
import type { Transport } from "@effect-wechat/plugin-manager"
import { type CloudOptions, CloudTransport } from "@effect-wechat/transport-cloud"
import { HttpsTransport } from "@effect-wechat/transport-https"
import type { HttpClient } from "@effect/platform"
import { Effect, Layer, type Redacted } from "effect"
import { createRequire } from "node:module"
import { tlsProxy } from "@effect-wechat/test-support/tlsServer"

type WeChat = Layer.Layer<Transport.Transport, never, Emulator.Emulator>

/** A transport under contract. */
export type Subject = {
  readonly name: string
  /** what a redirect comes out as; wx-server-sdk 3.0.4 never answers once there is one, and our own deadline does */
  readonly redirect: "redirect" | "status" | "timeout"
  /** WeChat as that mini program calls it */
  readonly transport: (appid: string) => WeChat
} & ({ readonly kind: "cloud" } | { readonly kind: "https"; readonly client: Layer.Layer<HttpClient.HttpClient> })

const miniProgram = (appid: string) =>
  Effect.flatMap(Emulator.Emulator, (emulator) =>
    Effect.map(emulator.miniProgram(appid), ({ appSecret, env }) => ({ appSecret, env, emulator }))
  )

type Https = Extract<Subject, { readonly kind: "https" }>

const app = (appId: string, baseUrl?: URL) =>
  Effect.map(miniProgram(appId), ({ appSecret, emulator }) => ({ appId, appSecret, baseUrl: baseUrl ?? emulator.url }))

export const overClient = (over: string, client: Layer.Layer<HttpClient.HttpClient>): Https => ({
  name: `HTTPS over ${over}`,
  kind: "https",
  redirect: "redirect",
  client,
  transport: (appid) =>
    Layer.provide(Layer.unwrapEffect(Effect.map(app(appid), HttpsTransport.layer)).pipe(Layer.orDie), client)
})

/** A layer that has its client already; for what needs a client, there is the same one. */
export const overLayer = (
  over: string,
  layer: typeof HttpsTransport.layerFetch,
  client: Layer.Layer<HttpClient.HttpClient>
): Https => ({
  ...overClient(over, client),
  transport: (appid) => Layer.orDie(Layer.unwrapEffect(Effect.map(app(appid), layer)))
})

/** The runtime's own fetch: Node's, or Bun's when this runs under Bun. */
export const overFetch = overLayer("fetch", HttpsTransport.layerFetch, HttpsTransport.layerFetchClient)

/** The same client, by TLS. */
export const overTls = (subject: Https): Https => ({
  ...subject,
  transport: (appid) =>
    Layer.unwrapScoped(
      Effect.gen(function* () {
        const { url } = yield* tlsProxy((yield* Emulator.Emulator).url)
        return HttpsTransport.layer(yield* app(appid, new URL(url)))
      })
    ).pipe(Layer.orDie, Layer.provide(subject.client))
})

const require = createRequire(import.meta.url)

/** The real SDK, against the emulator's gateway. */
export const overSdk = (
  sdk: string,
  {
    redirect,
    sessionToken
  }: { readonly redirect: Subject["redirect"]; readonly sessionToken?: Redacted.Redacted<string> }
): Subject => {
  const { version } = require(`${sdk}/package.json`) as { readonly version: string }
  return {
    name: `cloud call over wx-server-sdk ${version}`,
    kind: "cloud",
    redirect,
    transport: (appid) =>
      Layer.unwrapEffect(
        Effect.map(miniProgram(appid), ({ emulator: { gatewayUrl, secretId, secretKey }, env = "contract-env" }) =>
          CloudTransport.layer({
            cloud: () => require(sdk) as CloudOptions.WxServerSdk,
            init: { env, secretId, secretKey, sessionToken, serviceUrl: gatewayUrl }
          })
        )
      ).pipe(Layer.orDie)
  }
}
