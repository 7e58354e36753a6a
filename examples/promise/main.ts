/**
 * A script that does not use Effect.
 *
 *     WECHAT_APPID=… WECHAT_SECRET=… npx tsx main.ts
 */
import { close, listPlugins, PluginManagerError } from "./plugins.js"

try {
  const [first, again] = await Promise.all([listPlugins(), listPlugins()])
  for (const { appid, nickname, status } of first) {
    console.log(`${appid} ${nickname}: ${status}`)
  }
  console.log(`${again.length} plugins, asked for twice with one token`)
} catch (error) {
  process.exitCode = 1
  if (!PluginManagerError.isPluginManagerError(error)) {
    throw error
  }
  const text = error._tag === "IpNotAllowed" ? `${error.errcode} ${error.errmsg}` : error._tag
  console.error(`${text}: ${error.hint.en}`)
} finally {
  await close()
}
