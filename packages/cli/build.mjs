// Bundles the command, so that it starts quickly and installs alone. What only some commands need is a chunk of its own.
import * as esbuild from "esbuild"
import { readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
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

/** Whoever ships others' code ships their licences with it. */
const licences = ({ inputs }) => {
  const packages = new Set(
    Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [])
  )
  return [...packages]
    .map((path) => {
      const own = realpathSync(join(folder, path))
      const { license, name, version } = JSON.parse(readFileSync(join(own, "package.json"), "utf8"))
      const file = readdirSync(own).find((file) => /^licen[cs]e/i.test(file))
      const text = file === undefined ? license : readFileSync(join(own, file), "utf8").trim()
      return `${name} ${version}\n\n${text}\n`
    })
    .sort()
    .join(`\n${"-".repeat(80)}\n\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(`${folder}dist`, { recursive: true, force: true })
  const { metafile } = await build(`${folder}dist`)
  writeFileSync(`${folder}dist/THIRD-PARTY-LICENSES.txt`, licences(metafile))
}
