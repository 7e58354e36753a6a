import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { NodeHttpClient } from "@effect/platform-node"
import { overClient } from "./subjects.js"
import { suite } from "./suite.js"

suite(overClient("platform-node's undici", NodeHttpClient.layerUndici))
suite(overClient("platform-node's node:http", NodeHttpClient.layer))
suite(overClient("our own undici layer", UndiciHttpClient.layer()))
