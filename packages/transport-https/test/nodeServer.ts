import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import type { HttpClient } from "@effect/platform"
import { Layer, Redacted } from "effect"
import type { RequestListener } from "node:http"

export const token = "76_a-secret-token"

export const over = (url: string, client: Layer.Layer<HttpClient.HttpClient> = NodeTransport.layerNodeClient()) =>
  HttpsTransport.layerAccessToken({ baseUrl: url, maxBodySize: 1000 }).pipe(
    Layer.provide([AccessToken.layerStatic({ accessToken: Redacted.make(token) }), client])
  )

export const noPlugins = '{"errcode":0,"errmsg":"ok","plugin_list":[]}'

/** Counts the connections to a server, and those that are open. */
export const counting = (listener: RequestListener) => {
  const counts = { all: 0, open: 0, most: 0 }
  const seen = new WeakSet<object>()
  return {
    counts,
    listener: ((request, response) => {
      if (!seen.has(request.socket)) {
        seen.add(request.socket)
        counts.all++
        counts.open++
        counts.most = Math.max(counts.most, counts.open)
        request.socket.once("close", () => counts.open--)
      }
      listener(request, response)
    }) satisfies RequestListener
  }
}
