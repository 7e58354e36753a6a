// Bundles the handler into the folder that WeChat's DevTools uploads. wx-server-sdk is not bundled: the cloud installs it.
import { build } from "esbuild"
import { fileURLToPath } from "node:url"

await build({
  entryPoints: [fileURLToPath(new URL("handler.ts", import.meta.url))],
  outfile: fileURLToPath(new URL("getPluginList/index.js", import.meta.url)),
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  external: ["wx-server-sdk"]
})
