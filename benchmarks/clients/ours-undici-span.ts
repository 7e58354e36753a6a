import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import type { Make } from "./client.js"
import { fibers } from "./fibers.js"
import { transport } from "./ours.js"

/** With Effect's default tracer, which makes a span for each call. */
export const make: Make = (target) =>
  fibers(target, transport(target, UndiciHttpClient.layer({ connections: 64 })), getPluginList)
