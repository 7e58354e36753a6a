import { build } from "esbuild"
import { gzipSync } from "node:zlib"
import { join } from "node:path"
import type { Folders } from "./migrate.js"
import type { Counts } from "./steps.js"

/** KB of gzip (1000 bytes): no list program of major 2 may be larger than this. */
const ceilings = { "CloudTransport.layer": 30, "HttpsTransport.layerFetch": 38.5 }

const options = {
  "CloudTransport.layer": `{ cloud: () => require("wx-server-sdk") }`,
  "HttpsTransport.layerFetch": `{ appId: process.env.WECHAT_APPID, appSecret: Redacted.make(process.env.WECHAT_SECRET) }`
}

/** The same programs, bundled in the same way, as `tests/house/size.test.ts` has for major 1. */
const program = (layer: keyof typeof ceilings) => {
  const [module, name] = layer.split(".")
  return `
    import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
    import { ${name} } from "@effect-wechat/transport-${module === "CloudTransport" ? "cloud" : "https"}/${module}"
    import * as Effect from "effect/Effect"
    import * as Redacted from "effect/Redacted"
    Effect.runPromise(Effect.provide(getPluginList, ${name}(${options[layer]}))).then(console.log)`
}

/** Bundles the packed packages, and prints what they weigh. */
export const sizes = async ({ generated }: Folders): Promise<Counts> => {
  let failed = 0
  for (const layer of ["CloudTransport.layer", "HttpsTransport.layerFetch"] as const) {
    const { outputFiles } = await build({
      stdin: { contents: program(layer), resolveDir: generated },
      plugins: [
        {
          name: "packed",
          setup: ({ onResolve }) =>
            onResolve({ filter: /^@effect-wechat\// }, ({ path }) => {
              const [, name, module] = path.split("/")
              // as `sideEffects` of plugin-manager's package.json has it
              const sideEffects = module === "PluginManagerError"
              return { path: join(generated, `packed/packages/${name}/dist/${module}.js`), sideEffects }
            })
        }
      ],
      // the packed packages have no node_modules beside them
      nodePaths: [join(generated, "node_modules")],
      bundle: true,
      minify: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: "node18",
      external: ["wx-server-sdk"]
    })
    const kb = gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000
    const isOk = kb <= ceilings[layer]
    failed += isOk ? 0 : 1
    console.log(`${isOk ? "✓" : "✗"} ${layer}: ${kb.toFixed(1)} KB of ${ceilings[layer]}`)
  }
  return { passed: 2 - failed, failed, skipped: 0 }
}
