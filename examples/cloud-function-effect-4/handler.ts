/**
 * A WeChat cloud function that returns the plugins of the mini program, or the error, as plain JSON.
 */
// single modules, since barrels would double the bundle and slow down the cold start
import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import { toNumber } from "@effect-wechat/plugin-manager/PluginStatus"
import * as CloudTransport from "@effect-wechat/transport-cloud/CloudTransport"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import type * as WxServerSdk from "wx-server-sdk"

/** Plain JSON, as WeChat has it. */
const answer = Effect.match(getPluginList, {
  onSuccess: (plugins) => ({ plugins: plugins.map((plugin) => ({ ...plugin, status: toNumber(plugin.status) })) }),
  onFailure: (error) => ({ error: error.toJSON() })
})

/** Built by the first call and reused by the warm calls after it. */
const runtime = ManagedRuntime.make(
  CloudTransport.layer({
    cloud: () => {
      const cloud = require("wx-server-sdk") as typeof WxServerSdk
      cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as never })
      return cloud
    }
  })
)

export const main = () => runtime.runPromise(answer)
