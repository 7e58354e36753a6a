// The list program over HTTPS in CommonJS, module by module.
const { getPluginList } = require("@effect-wechat/plugin-manager/PluginManager")
const HttpsTransport = require("@effect-wechat/transport-https/HttpsTransport")
const Config = require("effect/Config")
const Effect = require("effect/Effect")

const WeChat = HttpsTransport.layerFetchConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL")
})

Effect.runPromise(Effect.provide(getPluginList, WeChat)).then((plugins) => {
  for (const { appid, nickname, status } of plugins) {
    console.log(`${appid} ${nickname}: ${status}`)
  }
})
