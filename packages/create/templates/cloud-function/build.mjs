// Bundles the handler into a folder that WeChat's DevTools can upload. wx-server-sdk is not bundled: the cloud installs it.
import { build } from "esbuild"
import { fileURLToPath } from "node:url"

await build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: ["handler.ts"],
  outfile: "getPluginList/index.js",
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  external: ["wx-server-sdk"]
})
