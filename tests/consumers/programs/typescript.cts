// The list program in TypeScript that becomes CommonJS, module by module.
import type { Plugin } from "@effect-wechat/plugin-manager/Plugin"
import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import { layerFetchConfig } from "@effect-wechat/transport-https/HttpsTransport"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"

const WeChat = layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL")
})

const print = ({ appid, nickname, status }: Plugin) => console.log(`${appid} ${nickname}: ${status}`)

void Effect.runPromise(Effect.provide(getPluginList, WeChat)).then((plugins) => plugins.forEach(print))
