import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as HttpsTransport from "@effect-wechat/transport-https/HttpsTransport"
import type { Make } from "./client.js"
import { fibers } from "./fibers.js"
import { options, untraced } from "./ours.js"

export const make: Make = (target) =>
  fibers(target, untraced(HttpsTransport.layerFetch(options(target))), getPluginList)
