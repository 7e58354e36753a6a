import { PluginManager } from "@effect-wechat/plugin-manager"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Console, Effect, ManagedRuntime } from "effect"
import cloud from "wx-server-sdk"

// built once, and kept over warm calls; inside a cloud function the platform provides the keys
const runtime = ManagedRuntime.make(CloudTransport.layer({ cloud, init: { env: cloud.DYNAMIC_CURRENT_ENV } }))

export const main = () => runtime.runPromise(Effect.tap(PluginManager.getPluginList, Console.log))
