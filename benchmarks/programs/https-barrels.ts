import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { Effect } from "effect"
import { options, print } from "./program.js"

void print(Effect.runPromise(Effect.provide(PluginManager.getPluginList, HttpsTransport.layerFetch(options))))
