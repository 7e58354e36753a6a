import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as Undici from "@effect-wechat/transport-https/Undici"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { loops, type Make } from "./client.js"
import { transport, untraced } from "./ours.js"

/** a fiber of its own for every call, as a program without Effect makes it */
export const make: Make = (target) => {
  const runtime = ManagedRuntime.make(untraced(transport(target, Undici.layer({ connections: 64 }))))
  return loops(target, () => runtime.runPromise(getPluginList).then((plugins) => plugins.length))
}
