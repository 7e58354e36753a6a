import type { Plugin } from "./Plugin.js"
import { fromNumber } from "./PluginStatus.js"

type Wire = { readonly [field in keyof Plugin]?: unknown }

const readPlugin = ({ appid, headimgurl, nickname, reason, status }: Wire): Plugin | undefined => {
  if (
    typeof appid !== "string" ||
    typeof status !== "number" ||
    !Number.isFinite(status) ||
    typeof nickname !== "string" ||
    typeof headimgurl !== "string"
  ) {
    return undefined
  }
  const plugin = { appid, status: fromNumber(status), nickname, headimgurl }
  return reason === undefined ? plugin : typeof reason === "string" ? { ...plugin, reason } : undefined
}

/**
 * The list of plugins in a reply that is just as documented, `undefined` for any other: forty times as fast as the
 * Schema, which stays the truth. A property test holds the two equal.
 */
export const readPlugins = (body: unknown): ReadonlyArray<Plugin> | undefined => {
  const { errcode = 0, plugin_list }: { readonly errcode?: unknown; readonly plugin_list?: unknown } = Object(body)
  if (errcode !== 0 || !Array.isArray(plugin_list)) {
    return undefined
  }
  const plugins: Array<Plugin> = []
  for (const item of plugin_list) {
    const plugin = typeof item === "object" && item !== null ? readPlugin(item) : undefined
    if (plugin === undefined) {
      return undefined
    }
    plugins.push(plugin)
  }
  return plugins
}
