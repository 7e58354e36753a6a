// Cold start: the time from the start of a process to its first list.
import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { bundle, cache } from "../lib/bundle.mjs"
import { figure, shuffled } from "../lib/figures.mjs"
import { start, timeToFirstOutput } from "../lib/processes.mjs"
import { findNode22 } from "../lib/setup.mjs"

const minify = true

/** the programs over HTTPS, all bundled in the same way */
const overHttps = [
  ["a raw fetch script", "programs/raw-fetch.js"],
  ["ours on fetch", "programs/https-fetch.ts"],
  ["ours on node:https", "programs/https-layer-node.ts"],
  ["ours on platform-node's node:http", "programs/https-node.ts"],
  ["ours on undici", "programs/https-undici.ts"],
  ["node-easywechat", "programs/easywechat.js"]
]

const prepare = async () => {
  const programs = [{ name: "an empty program", file: (await bundle("programs/empty.js", { minify })).outfile }]
  for (const [name, file] of overHttps) {
    for (const format of ["cjs", "esm"]) {
      const { outfile } = await bundle(file, { external: [], format, minify, suffix: "-cold" })
      programs.push({ name: `${name}, ${format.toUpperCase()}`, file: outfile })
    }
  }
  const installed = await bundle("programs/easywechat.js", { format: "cjs", suffix: "-installed" })
  programs.push({ name: "node-easywechat as installed, CJS", file: installed.outfile })
  const cloud = await bundle("programs/cloud-function.ts", { format: "cjs", minify, suffix: "-cold" })
  const whole = await bundle("programs/cloud-function.ts", { external: [], format: "cjs", minify, suffix: "-cold-sdk" })
  const folder = fileURLToPath(new URL("../programs/", import.meta.url))
  return [
    ...programs,
    { name: "wx-server-sdk alone", file: `${folder}sdk-alone.cjs` },
    { name: "wx-server-sdk, its own call", file: `${folder}sdk-call.cjs` },
    { name: "our cloud function", file: cloud.outfile },
    { name: "our cloud function, SDK bundled", file: whole.outfile }
  ]
}

const runtimes = (log) => {
  const node22 = findNode22()
  if (node22 === undefined) {
    log("cold start: SKIPPED Node 22 with compile cache: npm has no package of it that can be installed here")
  }
  const major = process.versions.node.split(".")[0]
  return [
    { name: `Node ${major}`, node: process.execPath, env: {} },
    ...(node22 === undefined
      ? []
      : [
          {
            name: "Node 22 with compile cache",
            node: node22,
            env: { NODE_COMPILE_CACHE: `${cache}compiled` }
          }
        ])
  ]
}

export const cold = async ({ log, origins, rounds }) => {
  const programs = await prepare()
  const emulator = await start((await bundle("programs/emulator.ts")).outfile)
  const { PATH, TMPDIR } = process.env
  const environment = { PATH, TMPDIR, WECHAT_BASE_URL: origins.plain[10], ...emulator.first.environment }
  rmSync(`${cache}compiled`, { recursive: true, force: true })

  const runs = runtimes(log).flatMap(({ env, name, node }) =>
    programs.map((program) => ({
      name: `cold start, ${name}: ${program.name}`,
      run: () => timeToFirstOutput(node, [program.file], { ...environment, ...env }),
      samples: []
    }))
  )
  // the first run is not counted: it fills the cache of the file system, and Node's compile cache if there is one
  for (let round = 0; round <= rounds; round++) {
    log(round === 0 ? `cold start: ${runs.length} programs` : `cold start: round ${round} of ${rounds}`)
    for (const { run, samples } of shuffled(runs)) {
      const millis = await run()
      if (round > 0) {
        samples.push(millis)
      }
    }
  }
  await emulator.stop()
  return runs.map(({ name, samples }) => figure(name, "ms", samples))
}
