/**
 * A WeChat cloud function that returns the plugins of the mini program, or the error, as plain JSON.
 */
// single modules, since barrels would double the bundle and slow down the cold start
import { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import { PluginManagerError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as CloudTransport from "@effect-wechat/transport-cloud/CloudTransport"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import type * as WxServerSdk from "wx-server-sdk"

/** What the mini program receives. It can decode it with this Schema or use the JSON as it is. */
export const Answer = Schema.Union(
  Schema.Struct({ plugins: Schema.Array(Plugin) }),
  Schema.Struct({ error: PluginManagerError })
)

const answer = getPluginList.pipe(
  Effect.map((plugins) => ({ plugins })),
  Effect.catchAll((error) => Effect.succeed({ error })),
  Effect.map(Schema.encodeSync(Answer))
)

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
