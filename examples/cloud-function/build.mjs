// Bundles the handler into two folders that WeChat's DevTools can upload; README.md says which one to take. In `getPluginList`, wx-server-sdk is
// not bundled: the cloud installs it. In `bundled/getPluginList` it is, which makes the cold start faster.
import { build } from "esbuild"
import { copyFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const path = (file) => fileURLToPath(new URL(file, import.meta.url))

const bundle = (folder, external) =>
  build({
    entryPoints: [fileURLToPath(new URL("handler.ts", import.meta.url))],
    outfile: path(`${folder}/index.js`),
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    external
  })

await bundle("getPluginList", ["wx-server-sdk"])

await bundle("bundled/getPluginList", [])
copyFileSync(path("getPluginList/config.json"), path("bundled/getPluginList/config.json"))
writeFileSync(
  path("bundled/getPluginList/package.json"),
  JSON.stringify({ name: "getPluginList", version: "1.0.0", main: "index.js" }, null, 2)
)
