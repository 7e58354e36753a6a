// Bundles the command, so that it starts quickly and installs alone. What only some commands need is a chunk of its own.
import { build } from "esbuild"
import { readFileSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"

const folder = fileURLToPath(new URL(".", import.meta.url))
const outdir = process.argv[2] ?? `${folder}dist`
const { version } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"))

rmSync(outdir, { recursive: true, force: true })
await build({
  absWorkingDir: folder,
  entryPoints: ["src/bin.ts"],
  outdir,
  bundle: true,
  splitting: true,
  minify: true,
  platform: "node",
  format: "esm",
  target: "node20",
  chunkNames: "chunks/[name]-[hash]",
  define: { VERSION: JSON.stringify(version) },
  legalComments: "linked",
  logLevel: "warning",
  // some of what is bundled is CommonJS and asks for `require`
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' }
})
