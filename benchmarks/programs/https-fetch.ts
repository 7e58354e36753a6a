import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import * as Effect from "effect/Effect"
import { options, print } from "./program.js"

void print(Effect.runPromise(Effect.provide(getPluginList, HttpsTransport.layerFetch(options))))
