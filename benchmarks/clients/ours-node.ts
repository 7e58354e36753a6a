import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { over } from "./ours.js"

export const make = over(NodeTransport.layerNodeClient())
