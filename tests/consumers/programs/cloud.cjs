// The list program by a cloud call in CommonJS, module by module, over an SDK that the caller has initialized.
const { getPluginList } = require("@effect-wechat/plugin-manager/PluginManager")
const CloudTransport = require("@effect-wechat/transport-cloud/CloudTransport")
const Effect = require("effect/Effect")
const cloud = require(process.env.SDK ?? "wx-server-sdk")

cloud.init({ env: process.env.CLOUD_ENV, serviceUrl: process.env.CLOUD_SERVICE_URL })

const WeChat = CloudTransport.layer({ cloud, timeout: "20 seconds" })

Effect.runPromise(Effect.provide(getPluginList, WeChat)).then((plugins) => {
  for (const { appid, nickname, status } of plugins) {
    console.log(`${appid} ${nickname}: ${status}`)
  }
})
