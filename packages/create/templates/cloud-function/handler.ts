import * as CloudTransport from "@effect-wechat/transport-cloud/CloudTransport"
import { Effect, ManagedRuntime } from "effect"
import type * as WxServerSdk from "wx-server-sdk"
import { lines } from "./plugins.js"

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

const answer = Effect.match(lines, {
  onSuccess: (plugins) => ({ plugins }),
  onFailure: (error) => ({ error: error.toJSON() })
})

/** The cloud calls it for each event. Upload the folder getPluginList with WeChat's DevTools. */
export const main = () => runtime.runPromise(answer)
