import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import { Config } from "effect"

export const WeChat = NodeTransport.layerNodeConfig({
  appId: Config.String("WECHAT_APPID"),
  appSecret: Config.Redacted("WECHAT_SECRET"),
  // the emulator; without it, WeChat
  baseUrl: Config.URL("WECHAT_BASE_URL").pipe(Config.withDefault(undefined))
})
