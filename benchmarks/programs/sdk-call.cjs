const cloud = require("wx-server-sdk")

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
cloud.openapi.pluginManager.getPluginList({ action: "list" }).then(({ pluginList }) => {
  console.log(pluginList.length)
  process.exit()
})
