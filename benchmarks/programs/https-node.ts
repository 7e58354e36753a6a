import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { options, print } from "./program.js"

const WeChat = Layer.provide(HttpsTransport.layer(options), NodeHttpClient.layer)

void print(Effect.runPromise(Effect.provide(getPluginList, WeChat)))
