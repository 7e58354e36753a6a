// 10,000 calls at once, over a pool of 64 connections, or over as many connections as fetch opens.
import { bundle } from "../lib/bundle.mjs"
import { figure, shuffled } from "../lib/figures.mjs"
import { startClient } from "../lib/processes.mjs"

const calls = 10_000

const subjects = [
  { file: "ours-undici", name: "ours on undici" },
  { file: "ours-node", name: "ours on node:https" },
  { file: "ours-fetch", name: "ours on fetch" },
  { file: "raw-dispatch", name: "raw undici dispatch" }
]

export const waiting = async ({ log, origins, quick }) => {
  const taken = new Map(subjects.map(({ name }) => [name, []]))
  const bundles = new Map()
  for (const { file } of subjects) {
    bundles.set(file, (await bundle(`clients/${file}.ts`)).outfile)
  }
  const rounds = quick ? 1 : 3
  for (let round = 1; round <= rounds; round++) {
    log(`10,000 calls at once: round ${round} of ${rounds}`)
    for (const { file, name } of shuffled(subjects)) {
      const worker = await startClient(bundles.get(file))
      const target = { origin: origins.plain[10], plugins: 10 }
      await worker.ask({ task: "measure", calls: 2000, concurrency: 64, ...target })
      const result = await worker.ask({ task: "flood", calls, ...target })
      if (result.failed > 0) {
        log(`10,000 calls at once: ${name}: ${result.failed} failed, the first with: ${result.firstFailure}`)
      }
      taken.get(name).push(result)
      await worker.stop()
    }
  }
  return [...taken].flatMap(([name, results]) => [
    figure(
      `10,000 calls at once: ${name}`,
      "calls succeeded",
      results.map(({ succeeded }) => succeeded)
    ),
    figure(
      `10,000 calls at once: ${name}`,
      "ms",
      results.map(({ millis }) => millis)
    ),
    figure(
      `10,000 calls at once: ${name}`,
      "MB above rest",
      results.map(({ bytes }) => bytes / 1e6)
    )
  ])
}
