import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { options, print } from "./program.js"

const WeChat = Layer.provide(HttpsTransport.layer(options), UndiciHttpClient.layer())

void print(Effect.runPromise(Effect.provide(getPluginList, WeChat)))
