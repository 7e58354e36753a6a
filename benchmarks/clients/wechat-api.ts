import { Agent as HttpAgent } from "node:http"
import { Agent as HttpsAgent } from "node:https"
import WechatApi from "wechat-api"
import { postJSON, wrapper } from "wechat-api/lib/util.js"
import { appId, appSecret, loops, type Make } from "./client.js"

/** It has no method for plugins, so this uses its request method within its preRequest. Its default agent opens a connection for each call. */
export const make: Make = (target) => {
  const api = new WechatApi(appId, appSecret)
  api.endpoint = target.origin
  api.setOpts({ agent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) })
  const body = { action: "list" }
  return loops(
    target,
    () =>
      new Promise((resolve, reject) => {
        api.preRequest(
          (callback) => {
            const url = `${api.endpoint}/wxa/plugin?access_token=${api.token.accessToken}`
            api.request(url, postJSON(body), wrapper(callback))
          },
          [(error, reply) => (error ? reject(error) : resolve(reply.plugin_list.length))]
        )
      })
  )
}
