// Our sources are TypeScript: esbuild bundles what a process is to run.
import { build } from "esbuild"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Everything that is built or fetched here lies in this folder, which git ignores. */
export const cache = `${root}.cache/`

/** what stays as it was installed, unless a part says otherwise */
const rivals = ["co-wechat-api", "node-easywechat", "wechat-api", "wx-server-sdk"]

const banner = {
  js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'
}

/** Bundles one file and answers where. */
export const bundle = async (file, { external = rivals, format = "esm", minify = false, suffix = "" } = {}) => {
  const name = file.replace(/^.*\/(\w[\w-]*)\.\w+$/, "$1")
  const outfile = `${cache}bundles/${name}${suffix}.${format === "esm" ? "mjs" : "cjs"}`
  await build({
    entryPoints: [`${root}${file}`],
    outfile,
    bundle: true,
    minify,
    platform: "node",
    format,
    target: "node20",
    external: external.flatMap((one) => [one, `${one}/*`]),
    logLevel: "error",
    ...(format === "esm" ? { banner } : {})
  })
  return { outfile }
}
