// What is not public cannot be imported, whatever the module system.
import { createRequire } from "node:module"

const require = createRequire(import.meta.url)
const closed = [
  "@effect-wechat/plugin-manager/internal/readPlugins",
  "@effect-wechat/plugin-manager/errors/general",
  "@effect-wechat/plugin-manager/operations/getPluginList",
  "@effect-wechat/transport-https/internal/client",
  "@effect-wechat/transport-cloud/internal/sdk",
  "@effect-wechat/emulator/internal/server",
  "@effect-wechat/emulator/_virtual/_rolldown/runtime",
  "@effect-wechat/emulator/bin"
]

for (const name of closed) {
  for (const load of [async () => require(name), () => import(name)]) {
    const code = await load().then(
      () => "no error",
      (error) => error.code
    )
    if (code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") {
      throw new Error(`${name}: ${code}`)
    }
  }
}
