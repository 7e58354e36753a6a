import { PluginManager } from "@effect-wechat/plugin-manager"
import { Effect } from "effect"

/** One line for each plugin. It does not know how WeChat is reached: that is a Layer. */
export const lines = PluginManager.getPluginList.pipe(
  PluginManager.retryTransient,
  Effect.map((plugins) => plugins.map(({ appid, nickname, status }) => `${appid} ${nickname}: ${status}`))
)
