import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { certificate } from "@effect-wechat/test-support/tlsServer"
import { overClient, overLayer, overTls } from "./subjects.js"
import { suite } from "./suite.js"

suite(overLayer("layerNode", NodeTransport.layerNode, NodeTransport.layerNodeClient()))
suite(overTls(overClient("TLS, node:https", NodeTransport.layerNodeClient({ ca: certificate.cert }))))
