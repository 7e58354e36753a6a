// Measures how much the heap grows with the calls. Each client has its own processes. They run at the same time, because no time is measured.
import { bundle } from "../lib/bundle.mjs"
import { figure } from "../lib/figures.mjs"
import { startClient } from "../lib/processes.mjs"

const subjects = [
  { file: "ours-undici", name: "ours on undici", processes: 3 },
  { file: "ours-fetch", name: "ours on fetch", processes: 1 },
  { file: "raw-dispatch", name: "raw undici dispatch", processes: 1 }
]

const callsOf = ({ quick }) => (quick ? 10_000 : 100_000)

const grow = async (outfile, context) => {
  const worker = await startClient(outfile, { execArgv: ["--expose-gc"] })
  const target = { origin: context.origins.plain[10], plugins: 10, concurrency: 64 }
  await worker.ask({ task: "measure", calls: context.quick ? 5000 : 30_000, ...target })
  const before = await worker.ask({ task: "heap" })
  await worker.ask({ task: "measure", calls: callsOf(context), ...target })
  const after = await worker.ask({ task: "heap" })
  await worker.stop()
  return (after.bytes - before.bytes) / 1e6
}

export const heap = async (context) => {
  const title = `heap growth over ${callsOf(context).toLocaleString("en")} calls`
  context.log(title)
  return Promise.all(
    subjects.map(async ({ file, name, processes }) => {
      const { outfile } = await bundle(`clients/${file}.ts`)
      const growths = await Promise.all(Array.from({ length: processes }, () => grow(outfile, context)))
      return figure(`${title}: ${name}`, "MB", growths)
    })
  )
}
