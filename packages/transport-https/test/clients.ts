import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import type { HttpClient } from "@effect/platform"
import type { Layer } from "effect"
import { isBun } from "./support.js"

export interface OwnClient {
  readonly name: string
  readonly layer: () => Layer.Layer<HttpClient.HttpClient>
  /** with one connection at most */
  readonly oneConnection: () => Layer.Layer<HttpClient.HttpClient>
}

/** The clients that this package makes itself, rather than over fetch. */
export const ownClients: ReadonlyArray<OwnClient> = [
  {
    name: "node:https",
    layer: NodeTransport.layerNodeClient,
    oneConnection: () => NodeTransport.layerNodeClient({ maxSockets: 1 })
  },
  ...(isBun
    ? []
    : [
        {
          name: "undici",
          layer: UndiciHttpClient.layer,
          oneConnection: () => UndiciHttpClient.layer({ connections: 1 })
        }
      ])
]
