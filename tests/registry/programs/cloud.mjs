// The list program of a cloud function, the same for both majors of Effect.
import { PluginManager } from "@effect-wechat/plugin-manager"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Console, Effect } from "effect"

const WeChat = CloudTransport.layer({
  cloud: () => import("wx-server-sdk"),
  init: { env: "test-env-1", serviceUrl: process.env.CLOUD_SERVICE_URL },
  timeout: "20 seconds" // the machine is busy
})

const program = Effect.gen(function* () {
  for (const { appid, nickname, status } of yield* PluginManager.getPluginList) {
    yield* Console.log(`${appid} ${nickname}: ${status}`)
  }
})

await Effect.runPromise(Effect.provide(program, WeChat))
