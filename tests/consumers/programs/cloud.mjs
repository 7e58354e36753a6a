// The list program by a cloud call: ESM, barrels. SDK names another version of wx-server-sdk, installed beside the newest.
import { PluginManager } from "@effect-wechat/plugin-manager"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Config, Console, Effect } from "effect"

const WeChat = CloudTransport.layerConfig({
  cloud: () => import(process.env.SDK ?? "wx-server-sdk"),
  init: { env: Config.string("CLOUD_ENV"), serviceUrl: Config.string("CLOUD_SERVICE_URL") },
  timeout: Config.succeed("20 seconds") // the machine is busy
})

const program = Effect.gen(function* () {
  for (const { appid, nickname, status } of yield* PluginManager.getPluginList) {
    yield* Console.log(`${appid} ${nickname}: ${status}`)
  }
})

await Effect.runPromise(Effect.provide(program, WeChat))
