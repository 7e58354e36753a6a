import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import * as MiniPrograms from "@effect-wechat/transport-https/MiniPrograms"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as Effect from "effect/Effect"
import type { Make } from "./client.js"
import { fibers } from "./fibers.js"
import { options, untraced } from "./ours.js"

/** Each call lists the plugins of another mini program, which gets a token first. */
export const make: Make = (target) => {
  const { appSecret, baseUrl } = options(target)
  let apps = 0
  const list = Effect.suspend(() =>
    Effect.provide(getPluginList, MiniPrograms.transport(`wx${String(apps++).padStart(16, "0")}`))
  )
  return fibers(
    target,
    untraced(
      NodeTransport.layerNodeMiniPrograms({
        appSecret: () => Effect.succeed(appSecret),
        baseUrl,
        idleTimeToLive: "1 hour"
      })
    ),
    list
  )
}
