// What results.json has beside the figures: the machine, the versions, and the ratios with their targets.
import { readFileSync } from "node:fs"
import { cpus, loadavg, platform, release, totalmem } from "node:os"
import { fileURLToPath } from "node:url"
import { ceiling, ratio } from "./figures.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))

const versionIn = (folder, name) =>
  JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, "utf8")).version

const ours = ["effect", "@effect/platform", "@effect/platform-node", "wx-server-sdk"]
const rivals = ["undici", "co-wechat-api", "wechat-api", "node-easywechat", "zod", "esbuild"]

export const versions = () => ({
  node: process.versions.node,
  ...Object.fromEntries(ours.map((name) => [name, versionIn(root, name)])),
  ...Object.fromEntries(rivals.map((name) => [name, versionIn(`${root}benchmarks`, name)]))
})

export const machine = () => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  system: `${platform()} ${release()}`,
  loadBefore: Number(loadavg()[0].toFixed(2))
})

const cpu = "µs CPU a call"
const decode = "ns CPU a record"

const node = `Node ${process.versions.node.split(".")[0]}`

/** The ratios with their targets. `null` means that there is no target. */
export const ratiosOf = (figures) => [
  ...["", ": tls, 10 plugins, 64 at once", ": plain, 10 plugins, 1 at once"].flatMap((cell) =>
    ratio(figures, cpu, `ours on undici${cell}`, `raw undici dispatch${cell}`, 1.5)
  ),
  ...ratio(figures, cpu, "ours on node:https", "raw undici dispatch", 3),
  ...ratio(figures, cpu, "ours on fetch", "global fetch", 1.25),
  ...ratio(figures, cpu, "ours on undici", "co-wechat-api", 0.5),
  ...ratio(figures, cpu, "ours on undici", "node-easywechat", 0.25),
  ...ratio(figures, cpu, "ours on undici", "wechat-api", null),
  ...ratio(figures, cpu, "ours on undici", "a naive Effect client", null),
  ...ratio(figures, cpu, "ours on undici, with the default tracer", "ours on undici", null),
  ...ratio(figures, cpu, "ours on undici, runPromise for each call", "ours on undici", null),
  ...ratio(figures, decode, "decode 10 plugins: ours", "decode 10 plugins: JSON.parse", 0.1),
  ...ceiling(figures, "KB gzip", "bundle: the cloud function of the examples", 70),
  ...ceiling(figures, "KB gzip", "bundle: a list over HTTPS, fetch", 73),
  ...[node, "Node 22 with compile cache"].flatMap((node) =>
    [
      ["our cloud function", 1.15],
      ["our cloud function, SDK bundled", 1]
    ].flatMap(([ours, target]) =>
      ratio(figures, "ms", `cold start, ${node}: ${ours}`, `cold start, ${node}: wx-server-sdk alone`, target)
    )
  ),
  ...["CJS", "ESM"].flatMap((format) =>
    ratio(
      figures,
      "ms",
      `cold start, ${node}: ours on node:https, ${format}`,
      `cold start, ${node}: a raw fetch script, ${format}`,
      1.15
    )
  ),
  ...ratio(figures, "ms", "command: --version", "command: an empty program", 1.2),
  ...ratio(figures, "ms", "command: --help", "command: an empty program", 1.3),
  ...ratio(figures, "ms", "command: list --emulator", "command: an empty program", 4),
  ...["ours on undici", "ours on node:https"].flatMap((ours) => [
    ...ratio(figures, "ms", `10,000 calls at once: ${ours}`, "10,000 calls at once: raw undici dispatch", 2),
    ...ceiling(figures, "MB above rest", `10,000 calls at once: ${ours}`, 120)
  ]),
  ...ceiling(figures, "KB of heap", "10,000 mini programs: each", 8),
  ...ceiling(figures, "MB", "heap growth over 100,000 calls: ours on undici", 1)
]
