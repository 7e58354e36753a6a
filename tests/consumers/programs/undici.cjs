// The list program over HTTPS through our own undici layer, in CommonJS, module by module.
const { getPluginList } = require("@effect-wechat/plugin-manager/PluginManager")
const HttpsTransport = require("@effect-wechat/transport-https/HttpsTransport")
const UndiciHttpClient = require("@effect-wechat/transport-https/UndiciHttpClient")
const Config = require("effect/Config")
const Effect = require("effect/Effect")
const Layer = require("effect/Layer")

const WeChat = HttpsTransport.layerConfig({
  appId: Config.string("WECHAT_APPID"),
  appSecret: Config.redacted("WECHAT_SECRET"),
  baseUrl: Config.url("WECHAT_BASE_URL")
}).pipe(Layer.provide(UndiciHttpClient.layer()))

Effect.runPromise(Effect.provide(getPluginList, WeChat)).then((plugins) => {
  for (const { appid, nickname, status } of plugins) {
    console.log(`${appid} ${nickname}: ${status}`)
  }
})
