// npm run bench: measures what the README says about speed. `--quick` takes few samples, `--only decode,size` runs these parts only.
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { figuresTable, ratiosTable } from "./lib/figures.mjs"
import { updateReadmes } from "./lib/readme.mjs"
import { setUp } from "./lib/setup.mjs"

const parts = ["calls", "decode", "cold", "command", "size", "heap", "waiting", "apps"]

const { only, quick } = parseArgs({
  options: { only: { type: "string" }, quick: { type: "boolean", default: false } }
}).values
const chosen = only === undefined ? parts : only.split(",")
const unknown = chosen.filter((part) => !parts.includes(part))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}: choose from ${parts.join(", ")}.`)
  process.exit(1)
}

setUp()
const { machine, ratiosOf, versions } = await import("./lib/report.mjs")
const { startServer } = await import("./lib/processes.mjs")
const { cache } = await import("./lib/bundle.mjs")

// the folder for files that a client writes
const folder = `${cache}run-${process.pid}/`
mkdirSync(folder, { recursive: true })
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))
process.env.TMPDIR = folder

const started = Date.now()
const about = { versions: versions(), machine: machine() }
const server = await startServer()
writeFileSync(`${folder}certificate.pem`, server.first.cert)

const context = {
  quick,
  rounds: quick ? 3 : 15,
  generations: quick ? 1 : 3,
  origins: server.first.origins,
  // all clients trust this certificate and verify it
  tls: { NODE_EXTRA_CA_CERTS: `${folder}certificate.pem` },
  log: (line) => console.error(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`)
}

const figures = []
for (const part of chosen) {
  const { [part]: measure } = await import(`./parts/${part}.mjs`)
  figures.push(...(await measure(context)))
}
await server.stop()

const results = { ...about, figures, ratios: ratiosOf(figures) }
// only a complete run is a result
const isWhole = !quick && chosen.length === parts.length
const file = isWhole ? fileURLToPath(new URL("results.json", import.meta.url)) : `${cache}results.json`
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
if (isWhole) {
  updateReadmes(results)
}
console.log(`${figuresTable(figures)}\n\n${ratiosTable(results.ratios)}\n\nwritten to ${file}`)
