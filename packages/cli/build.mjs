// Bundles the command, so that it starts quickly and installs alone. What only some commands need is a chunk of its own.
import * as esbuild from "esbuild"
import { createRequire } from "node:module"
import { readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const folder = fileURLToPath(new URL(".", import.meta.url))
const { version } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"))

const common = {
  absWorkingDir: folder,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
  // npm start installs no development dependency, so that the libraries find their peers here
  nodePaths: [`${folder}node_modules`],
  // some of what is bundled is CommonJS and asks for `require`
  banner: {
    js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);'
  }
}

/** The help of all commands, rendered by the command's own source. */
const helpTexts = async (outdir) => {
  const outfile = join(outdir, "renderHelp.mjs")
  await esbuild.build({ ...common, entryPoints: ["src/grammar/renderHelp.ts"], outfile })
  const { renderHelp } = await import(pathToFileURL(outfile).href)
  rmSync(outfile)
  return renderHelp(version)
}

export const build = async (outdir) =>
  esbuild.build({
    ...common,
    entryPoints: ["src/bin.ts"],
    outdir,
    splitting: true,
    minify: true,
    metafile: true,
    chunkNames: "chunks/[name]-[hash]",
    define: { VERSION: JSON.stringify(version), HELP_TEXTS: JSON.stringify(JSON.stringify(await helpTexts(outdir))) },
    legalComments: "linked"
  })

/**
 * Puts the package for `wechat-plugin fleet` beside a command that is built from this clone, where an installation would have it: one file, but
 * for the driver with its native part.
 */
export const buildFleet = async (outdir) => {
  const fleet = fileURLToPath(new URL("../fleet/", import.meta.url))
  const beside = join(outdir, "node_modules/@effect-wechat/fleet")
  const driver = createRequire(`${fleet}package.json`).resolve("@libsql/client")
  await esbuild.build({
    absWorkingDir: fleet,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "warning",
    nodePaths: [`${fleet}node_modules`],
    entryPoints: ["src/index.ts"],
    outfile: join(beside, "index.js"),
    alias: { "@libsql/client": driver },
    external: [driver]
  })
  writeFileSync(join(beside, "package.json"), JSON.stringify({ name: "@effect-wechat/fleet", main: "index.js" }))
}

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
