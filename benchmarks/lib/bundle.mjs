// esbuild bundles our TypeScript sources into programs that a process can run.
import { build } from "esbuild"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

/** The folder for everything that is built or fetched here. git ignores it. */
export const cache = `${root}.cache/`

/** packages that are not bundled, unless a part says otherwise */
const rivals = ["co-wechat-api", "node-easywechat", "wechat-api", "wx-server-sdk"]

const banner = {
  js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);'
}

/** Bundles one file and returns the path of the bundle. */
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
