// The list program at the edge, as a worker of Cloudflare. The path chooses the layer; an error is answered by its tag.
import { PluginManager, type Transport } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as RequestSigning from "@effect-wechat/transport-https/RequestSigning"
import { Effect, Layer, Redacted } from "effect"

interface Env {
  readonly appSecrets: Readonly<Record<string, string>>
  readonly baseUrl: string
  readonly symmetricKey: string
  readonly privateKey: string
  readonly wechatKey: string
}

const layerOf = (appId: string, { appSecrets, baseUrl }: Env) =>
  HttpsTransport.layerFetch({ appId, appSecret: Redacted.make(appSecrets[appId]!), baseUrl, timeout: "2 seconds" })

const signing = ({ privateKey, symmetricKey, wechatKey }: Env) =>
  RequestSigning.layer({
    appId: "wx-signed",
    symmetricKey: { sn: "symmetric", key: Redacted.make(symmetricKey) },
    privateKey: Redacted.make(privateKey),
    wechatKey: { sn: "wechat", publicKey: wechatKey }
  })

const layers: Record<string, (env: Env) => Layer.Layer<Transport.Transport, { readonly _tag: string }>> = {
  "/plain": (env) => layerOf("wx-plain", env),
  "/signed": (env) => Layer.provide(layerOf("wx-signed", env), signing(env)),
  "/wrong-secret": (env) => layerOf("wx-plain", { ...env, appSecrets: { "wx-plain": "0".repeat(32) } }),
  "/nobody-there": (env) => layerOf("wx-plain", { ...env, baseUrl: "http://127.0.0.1:1" })
}

const list = PluginManager.getPluginList.pipe(
  Effect.map((plugins) => plugins.map(({ appid, nickname, status }) => `${appid} ${nickname}: ${status}`).join()),
  Effect.catchTag("WechatTransportError", ({ reason }) => Effect.succeed(reason))
)

export default {
  fetch: async (request: Request, env: Env): Promise<Response> =>
    new Response(
      await Effect.runPromise(
        list.pipe(
          Effect.provide(layers[new URL(request.url).pathname]!(env)),
          Effect.catchAll(({ _tag }) => Effect.succeed(_tag))
        )
      )
    )
}
