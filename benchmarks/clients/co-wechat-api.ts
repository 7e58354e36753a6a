import CoWechatApi from "co-wechat-api"
import { postJSON } from "co-wechat-api/lib/util.js"
import { appId, appSecret, loops, type Make } from "./client.js"

/** It has no method for plugins, so this uses its generic request method, with its token and its prefix of wxa. */
export const make: Make = (target) => {
  const api = new CoWechatApi(appId, appSecret)
  api.prefix = `${target.origin}/cgi-bin/`
  api.wxaPrefix = `${target.origin}/wxa/`
  const body = { action: "list" }
  return loops(target, async () => {
    const { accessToken } = await api.ensureAccessToken()
    const reply = await api.request(`${api.wxaPrefix}plugin?access_token=${accessToken}`, postJSON(body))
    return reply.plugin_list.length
  })
}
