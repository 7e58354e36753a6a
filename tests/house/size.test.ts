import { assert, describe, it } from "@effect/vitest"
import { build, type Metafile, type Plugin } from "esbuild"
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { root } from "@effect-wechat/test-support/process"

/** KB of gzip (1000 bytes): no list program may be larger than this. */
const ceilings = JSON.parse(readFileSync(`${root}tests/house/sizes.json`, "utf8")) as Record<string, number>

/** The list program over each layer, as a production build has it: module by module, without wx-server-sdk. */
const program = (layer: string, options: string) => {
  const [module, name] = layer.split(".") as [string, string]
  return `
    import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
    import { ${name} } from "@effect-wechat/transport-${module === "CloudTransport" ? "cloud" : "https"}/${module}"
    import * as Effect from "effect/Effect"
    import * as Redacted from "effect/Redacted"
    Effect.runPromise(Effect.provide(getPluginList, ${name}(${options}))).then(console.log)`
}
const programs: Record<string, string> = {
  "CloudTransport.layer": program("CloudTransport.layer", `{ cloud: () => require("wx-server-sdk") }`),
  "HttpsTransport.layerFetch": program(
    "HttpsTransport.layerFetch",
    `{ appId: process.env.WECHAT_APPID, appSecret: Redacted.make(process.env.WECHAT_SECRET) }`
  )
}

/** What is published, where the workspace would resolve to the sources. */
const published: Plugin = {
  name: "published",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^@effect-wechat\// }, ({ path }) => {
      const [, name, module] = path.split("/")
      // as `sideEffects` of plugin-manager's package.json has it
      return { path: `${root}packages/${name}/dist/${module}.js`, sideEffects: module === "PluginManagerError" }
    })
}

const bundle = (contents: string) =>
  build({
    stdin: { contents, resolveDir: `${root}tests/house` },
    plugins: [published],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    external: ["wx-server-sdk"]
  })

/** The files of which something is in the bundle. */
const loadedOf = ({ outputs }: Metafile) =>
  Object.fromEntries(
    Object.entries(Object.values(outputs)[0]!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  )

describe("the size of a bundled list program (esbuild, minified, gzip)", () => {
  for (const [layer, ceiling] of Object.entries(ceilings)) {
    it(`${layer}: at most ${ceiling} KB`, async () => {
      const { metafile, outputFiles } = await bundle(programs[layer]!)
      const kb = gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000
      // it would be a fifth of the size, and of the time that loading takes
      assert.notMatch(
        Object.keys(loadedOf(metafile)).join("\n"),
        /effect\/dist\/.*\/(?:Schema|SchemaAST|ParseResult)\.js/
      )
      const largest = Object.entries(loadedOf(metafile))
        .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
        .slice(0, 12)
        .map(([file, { bytesInOutput }]) => `${bytesInOutput} ${file.replace(/.*node_modules\//, "")}`)
      assert.isAtMost(kb, ceiling, `${kb.toFixed(1)} KB now. The largest in it, before gzip:\n${largest.join("\n")}\n`)
      console.log(`${layer}: ${kb.toFixed(1)} KB of ${ceiling}`)
    })
  }
})
