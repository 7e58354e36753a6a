import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { loops, type Make } from "./client.js"
import { transport, untraced } from "./ours.js"

/** Starts a new fiber for each call, as a program without Effect does. */
export const make: Make = (target) => {
  const runtime = ManagedRuntime.make(untraced(transport(target, UndiciHttpClient.layer({ connections: 64 }))))
  return loops(target, () => runtime.runPromise(getPluginList).then((plugins) => plugins.length))
}
