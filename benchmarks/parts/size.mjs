// The size of a bundled list program, one program for each layer.
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { bundle } from "../lib/bundle.mjs"
import { figure } from "../lib/figures.mjs"

const programs = [
  ["Effect, Layer and Schema, nothing of ours", "programs/floor.ts", { format: "cjs" }],
  ["a list over HTTPS, fetch", "programs/https-fetch.ts", {}],
  ["a list over HTTPS, fetch, imported from barrels", "programs/https-barrels.ts", {}],
  ["a list over HTTPS, node:https", "programs/https-layer-node.ts", {}],
  ["a list over HTTPS, undici (installed beside it)", "programs/https-undici.ts", { external: ["undici"] }],
  ["a list over HTTPS, undici (bundled)", "programs/https-undici.ts", {}],
  ["a list over HTTPS, platform-node's node:http", "programs/https-node.ts", {}],
  ["a list over the cloud", "programs/cloud.ts", { external: ["wx-server-sdk"], format: "cjs" }],
  [
    "the cloud function of the examples",
    "../examples/cloud-function/handler.ts",
    { external: ["wx-server-sdk"], format: "cjs" }
  ],
  ["the cloud function of the examples, SDK bundled", "../examples/cloud-function/handler.ts", { format: "cjs" }],
  ["node-easywechat", "programs/easywechat.js", {}]
]

export const size = async ({ log }) => {
  log(`bundle size: ${programs.length} programs`)
  const figures = []
  for (const [name, file, options] of programs) {
    const { outfile } = await bundle(file, { external: [], minify: true, suffix: "-size", ...options })
    const code = readFileSync(outfile)
    figures.push(
      figure(`bundle: ${name}`, "KB gzip", [gzipSync(code, { level: 9 }).length / 1000]),
      figure(`bundle: ${name}`, "KB", [code.length / 1000])
    )
  }
  return figures
}
