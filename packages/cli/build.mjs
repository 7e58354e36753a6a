// Bundles the command, so that it starts quickly and installs alone. What only some commands need is a chunk of its own.
import * as esbuild from "esbuild"
import { readFileSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"

const folder = fileURLToPath(new URL(".", import.meta.url))
const { version } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"))

export const build = (outdir) =>
  esbuild.build({
    absWorkingDir: folder,
    entryPoints: ["src/bin.ts"],
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20",
    chunkNames: "chunks/[name]-[hash]",
    define: { VERSION: JSON.stringify(version) },
    legalComments: "linked",
    logLevel: "warning",
    // npm start installs no development dependency, so that the libraries find their peers here
    nodePaths: [`${folder}node_modules`],
    // some of what is bundled is CommonJS and asks for `require`
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' }
  })

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(`${folder}dist`, { recursive: true, force: true })
  await build(`${folder}dist`)
}
