import { PluginManager } from "@effect-wechat/plugin-manager"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Console, Effect, ManagedRuntime } from "effect"
import cloud from "wx-server-sdk"

// built by the first call and reused by the warm calls; the keys are in the environment of the cloud function
const runtime = ManagedRuntime.make(CloudTransport.layer({ cloud, init: { env: cloud.DYNAMIC_CURRENT_ENV } }))

export const main = () => runtime.runPromise(Effect.tap(PluginManager.getPluginList, Console.log))
