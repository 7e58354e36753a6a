// npm run bench:majors: version 1 on Effect 3 beside version 2 on Effect 4, on the same Node. Writes majors.json, and the table of
// docs/effect-4 and of the READMEs.
import { build } from "esbuild"
import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { figure, figuresTable, shuffled } from "./lib/figures.mjs"
import { updateMajors } from "./lib/majorsTable.mjs"
import { setUp } from "./lib/setup.mjs"

setUp()
const { start, startServer, timeToFirstOutput } = await import("./lib/processes.mjs")
const { bundle, cache } = await import("./lib/bundle.mjs")
const { machine } = await import("./lib/report.mjs")

const root = fileURLToPath(new URL("..", import.meta.url))
const derived = `${root}effect-4/.generated/`
const rounds = 15

execFileSync("npm", ["run", "--silent", "effect-4", "--", "--pack"], { cwd: root, stdio: "inherit" })
const node = `${derived}node_modules/node-22/bin/node`

/** The same file, bundled against the packages of a major. */
const ofMajor = {
  1: (file, { format = "cjs" } = {}) =>
    bundle(file, { external: ["wx-server-sdk"], format, minify: true, suffix: "-major-1" }).then(
      ({ outfile }) => outfile
    ),
  2: async (file, { format = "cjs" } = {}) => {
    const outfile = `${cache}bundles/${file.replace(/^.*\/([\w-]+)\.\w+$/, "$1")}-major-2.${format === "esm" ? "mjs" : "cjs"}`
    await build({
      entryPoints: [`${root}benchmarks/${file}`],
      outfile,
      bundle: true,
      minify: true,
      platform: "node",
      format,
      target: "node20",
      external: ["wx-server-sdk"],
      logLevel: "error",
      plugins: [
        {
          name: "major 2",
          setup: (build) => {
            build.onResolve({ filter: /^@effect-wechat\// }, ({ path }) => {
              const [, name, module = "index"] = path.split("/")
              // as `sideEffects` of plugin-manager's package.json has it
              const sideEffects = module === "PluginManagerError"
              return { path: `${derived}packed/packages/${name}/dist/${module}.js`, sideEffects }
            })
            build.onResolve({ filter: /^effect(\/|$)/ }, ({ path, pluginData }) =>
              pluginData === "again"
                ? undefined
                : build.resolve(path, { resolveDir: derived, kind: "import-statement", pluginData: "again" })
            )
          }
        }
      ]
    })
    return outfile
  }
}

const log = (line) => console.error(line)
const majors = [1, 2]
const server = await startServer()
const emulator = await start((await bundle("programs/emulator.ts")).outfile)
const { PATH } = process.env
const env = { PATH, WECHAT_BASE_URL: server.first.origins.plain[10], ...emulator.first.environment }

const sizes = []
const colds = []
for (const [name, file] of [
  ["a list over the cloud", "programs/cloud.ts"],
  ["a list over HTTPS, fetch", "programs/https-fetch.ts"],
  ["a list over HTTPS, node:https", "programs/https-layer-node.ts"]
]) {
  for (const major of majors) {
    const outfile = await ofMajor[major](file)
    sizes.push(
      figure(`bundle: ${name}, major ${major}`, "KB gzip", [
        gzipSync(readFileSync(outfile), { level: 9 }).length / 1000
      ])
    )
    if (!file.includes("cloud")) {
      colds.push({
        name: `cold start: ${name}, major ${major}`,
        samples: [],
        run: () => timeToFirstOutput(node, [outfile], env)
      })
    }
  }
}
for (let round = 0; round <= rounds; round++) {
  log(`cold start: round ${round} of ${rounds}`)
  for (const { run, samples } of shuffled(colds)) {
    const millis = await run()
    // the first fills the cache of the file system
    if (round > 0) {
      samples.push(millis)
    }
  }
}

const cpu = new Map()
for (let round = 0; round < 5; round++) {
  for (const major of shuffled(majors)) {
    log(`CPU of a call: round ${round + 1} of 5, major ${major}`)
    const outfile = await ofMajor[major]("programs/calls.ts", { format: "esm" })
    const measured = JSON.parse(execFileSync(node, [outfile, "20000"], { env, encoding: "utf8" }))
    for (const [way, micros] of Object.entries(measured)) {
      const name = `a call over layerNode, ${way}, major ${major}`
      cpu.set(name, [...(cpu.get(name) ?? []), micros])
    }
  }
}
await emulator.stop()
await server.stop()

const figures = [
  ...sizes,
  ...colds.map(({ name, samples }) => figure(name, "ms", samples)),
  ...[...cpu].map(([name, samples]) => figure(name, "µs CPU", samples))
]
const results = { machine: machine(), node: "22", figures }
writeFileSync(fileURLToPath(new URL("majors.json", import.meta.url)), `${JSON.stringify(results, null, 2)}\n`)
updateMajors(results)
console.log(figuresTable(figures))
