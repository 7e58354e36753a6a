// What `npm start` runs: `wechat-plugin list`, against the embedded emulator unless there are credentials. A command in the arguments
// (`npm start -- doctor --emulator`) runs instead.
import { spawnSync } from "node:child_process"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build, buildFleet } from "../packages/cli/build.mjs"

const outdir = fileURLToPath(new URL("../node_modules/.cache/wechat-plugin/", import.meta.url))
const args = process.argv.slice(2)
const options = ["--profile", "--appid", "--emulator", "--help"]
const variables = ["WECHAT_APPID", "WECHAT_SECRET", "WECHAT_ACCESS_TOKEN", "WECHAT_PLUGIN_CONFIG"]
const hasCredentials =
  variables.some((name) => process.env[name]) || args.some((argument) => options.includes(argument.split("=")[0]))

await build(outdir)
if (args.includes("fleet")) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL("setup.mjs", import.meta.url)), "fleet"], {
    stdio: "inherit"
  })
  if (status !== 0) {
    process.exit(1)
  }
  await buildFleet(outdir)
}
if (args[0] === undefined || args[0].startsWith("-")) {
  process.argv.splice(2, 0, "list", ...(hasCredentials ? [] : ["--emulator"]))
}
await import(pathToFileURL(`${outdir}bin.js`).href)
