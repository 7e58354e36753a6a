import * as Undici from "@effect-wechat/transport-https/Undici"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { loops, type Make } from "./client.js"
import { list, transport } from "./ours.js"

/** a fiber of its own for every call, as a program without Effect makes it */
export const make: Make = (target) => {
  const runtime = ManagedRuntime.make(transport(target, Undici.layer({ connections: 64 })))
  return loops(target, () => runtime.runPromise(list).then((plugins) => plugins.length))
}
