import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as Effect from "effect/Effect"
import { options, print } from "./program.js"

void print(Effect.runPromise(Effect.provide(getPluginList, NodeTransport.layerNode(options))))
