/**
 * A WeChat cloud function that answers the mini program's plugins, or the error, as plain JSON.
 */
// module by module: barrels would double the bundle, and with it the cold start
import { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import { PluginManagerError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as CloudTransport from "@effect-wechat/transport-cloud/CloudTransport"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import type * as WxServerSdk from "wx-server-sdk"

/** What the mini program receives; it decodes it with the same Schema, or reads it as it is. */
export const Answer = Schema.Union(
  Schema.Struct({ plugins: Schema.Array(Plugin) }),
  Schema.Struct({ error: PluginManagerError })
)

const answer = getPluginList.pipe(
  Effect.map((plugins) => ({ plugins })),
  Effect.catchAll((error) => Effect.succeed({ error })),
  Effect.map(Schema.encodeSync(Answer))
)

/** Built by the first call and kept over the warm ones that follow: no layer is made anew for a call. */
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
