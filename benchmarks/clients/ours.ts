import type { InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import type { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { appId, appSecret, type Make, type Target } from "./client.js"
import { fibers } from "./fibers.js"

export const options = ({ origin }: Target) => ({
  appId,
  appSecret: Redacted.make(appSecret),
  baseUrl: new URL(origin)
})

/** The layer, with tracing off. */
export const untraced = <A, E>(layer: Layer.Layer<A, E>) => Layer.merge(layer, Layer.setTracerEnabled(false))

export const over =
  (client: Layer.Layer<HttpClient.HttpClient>): Make =>
  (target) =>
    fibers(target, untraced(transport(target, client)), getPluginList)

export const transport = (
  target: Target,
  client: Layer.Layer<HttpClient.HttpClient>
): Layer.Layer<Transport, InvalidOptions> => Layer.provide(HttpsTransport.layer(options(target)), client)
