import { CloudTransport } from "@effect-wechat/transport-cloud"
import { Config } from "effect"

/** wx-server-sdk reads its keys from TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY. */
export const WeChat = CloudTransport.layerConfig({
  cloud: () => import("wx-server-sdk"),
  init: {
    env: Config.string("CLOUD_ENV"),
    // the emulator; without it, WeChat
    serviceUrl: Config.string("CLOUD_SERVICE_URL").pipe(Config.withDefault(undefined))
  }
})
