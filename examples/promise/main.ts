/**
 * A script that has never heard of Effect.
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
  if (error instanceof PluginManagerError.IpNotAllowed) {
    console.error(`${error.errcode} ${error.errmsg}: ${error.hint.en}`)
  } else if (PluginManagerError.isPluginManagerError(error)) {
    console.error(`${error._tag}: ${error.hint.en}`)
  } else {
    throw error
  }
} finally {
  await close()
}
