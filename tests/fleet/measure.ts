/**
 * `npm run bench:fleet`: what sweeps cost in one process with one libsql file, with the emulator in another process. Prints two tables: one
 * sweep of fleets of different sizes, and ten sweeps of one fleet.
 */
import { fork } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { bundle } from "./bundle.js"
import type { Figures, Measurement } from "./measured.js"

const start = (file: string, argument: unknown) => {
  const child = fork(file, [JSON.stringify(argument)])
  const message = new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve)
    child.once("exit", (code) => reject(new Error(`${file} ended with ${code}`)))
  })
  return { child, message }
}

const [emulator, measured] = [await bundle("measuredEmulator"), await bundle("measured")]

/** Runs sweeps in a process of their own. */
const measure = async (apps: number, sweeps: number): Promise<ReadonlyArray<Figures>> => {
  const folder = mkdtempSync(join(tmpdir(), "effect-wechat-measure-"))
  const wechat = start(emulator, apps)
  try {
    const baseUrl = (await wechat.message) as string
    const measurement: Measurement = { baseUrl, file: join(folder, "fleet.db"), apps, sweeps }
    return (await start(measured, measurement).message) as ReadonlyArray<Figures>
  } finally {
    wechat.child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

const columns = {
  "CPU, ms an app": ({ cpuMillis }: Figures) => cpuMillis.toFixed(2),
  "apps/s": ({ appsPerSecond }: Figures) => appsPerSecond.toFixed(0),
  "peak RSS, MB": ({ peakMegabytes }: Figures) => peakMegabytes.toFixed(0),
  "file, MB": ({ fileMegabytes }: Figures) => fileMegabytes.toFixed(1),
  rows: ({ rows }: Figures) =>
    Object.entries(rows)
      .map(([table, count]) => `${table} ${count}`)
      .join(", ")
}

const table = (first: string, rows: ReadonlyArray<readonly [name: string, figures: Figures]>) =>
  [
    [first, ...Object.keys(columns)],
    ["---", ...Object.keys(columns).map(() => "---:")],
    ...rows.map(([name, figures]) => [name, ...Object.values(columns).map((cell) => cell(figures))])
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n")

const sizes = process.argv[2]?.split(",").map(Number) ?? [1000, 10_000, 100_000]
const bySize: Array<readonly [string, Figures]> = []
for (const apps of sizes) {
  const [figures] = await measure(apps, 1)
  bySize.push([String(apps), figures!])
}
console.log(`${table("mini programs", bySize)}\n`)

const nightly = await measure(Number(process.argv[3] ?? 10_000), 10)
console.log(
  table(
    "sweep",
    nightly.map((figures, at) => [String(at + 1), figures])
  )
)
