import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { over } from "./ours.js"

export const make = over(NodeHttpClient.layerUndici)
