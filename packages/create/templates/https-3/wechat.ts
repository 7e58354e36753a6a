import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config } from "effect"

export const WeChat = NodeTransport.layerNodeConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  // the emulator; without it, WeChat
  baseUrl: Config.url("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
})
