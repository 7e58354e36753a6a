// What each of 10,000 mini programs costs that one layer serves: heap while all are kept, and CPU for the token and one list.
import { bundle } from "../lib/bundle.mjs"
import { figure } from "../lib/figures.mjs"
import { startClient } from "../lib/processes.mjs"

export const apps = async ({ log, origins, quick }) => {
  const count = quick ? 1000 : 10_000
  const { outfile } = await bundle("clients/mini-programs.ts")
  const target = { origin: origins.plain[10], plugins: 10, concurrency: 64 }
  const results = []
  for (let round = 1; round <= (quick ? 1 : 3); round++) {
    log(`${count} mini programs: round ${round}`)
    const worker = await startClient(outfile, { execArgv: ["--expose-gc"] })
    await worker.ask({ task: "measure", calls: 2000, ...target })
    const before = await worker.ask({ task: "heap" })
    const { cpu } = await worker.ask({ task: "measure", calls: count, ...target })
    const after = await worker.ask({ task: "heap" })
    await worker.stop()
    results.push({ cpu, heap: (after.bytes - before.bytes) / 1000 / count })
  }
  return [
    figure(
      "10,000 mini programs: each",
      "KB of heap",
      results.map(({ heap }) => heap)
    ),
    figure(
      "10,000 mini programs: each, with its token",
      "µs CPU",
      results.map(({ cpu }) => cpu)
    )
  ]
}
