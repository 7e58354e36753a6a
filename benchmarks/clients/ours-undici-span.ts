import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as Undici from "@effect-wechat/transport-https/Undici"
import type { Make } from "./client.js"
import { fibers } from "./fibers.js"
import { transport } from "./ours.js"

/** with Effect's default tracer, which makes a span of every call */
export const make: Make = (target) =>
  fibers(target, transport(target, Undici.layer({ connections: 64 })), getPluginList)
