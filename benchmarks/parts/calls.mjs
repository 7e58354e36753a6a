// CPU time and rate of calls: all clients in the main cell, the most important ones in all cells.
import { bundle } from "../lib/bundle.mjs"
import { clients } from "../lib/clients.mjs"
import { figure, shuffled } from "../lib/figures.mjs"
import { startClient } from "../lib/processes.mjs"
import { sizes } from "../lib/replies.mjs"

const headline = { protocol: "plain", plugins: 10, concurrency: 64 }

const isHeadline = (cell) => Object.entries(headline).every(([key, value]) => cell[key] === value)

const grid = ["plain", "tls"].flatMap((protocol) =>
  sizes.flatMap((plugins) => [1, 64].map((concurrency) => ({ protocol, plugins, concurrency })))
)

const label = ({ concurrency, plugins, protocol }) =>
  `${protocol}, ${plugins} ${plugins === 1 ? "plugin" : "plugins"}, ${concurrency} at once`

/**
 * Measures clients in some cells. Each client has one process at a time, which is idle between its slices. There are several generations of
 * processes, because two processes of one client differ more than the slices of one process.
 */
const measureCells = async (context, chosen, cells, { firstMillis, sliceMillis, warmMillis }) => {
  const { generations, log, origins, rounds } = context
  const samples = new Map()
  for (let generation = 1; generation <= generations; generation++) {
    const processes = []
    for (const client of shuffled(chosen)) {
      processes.push({ client, worker: await startClient(client.bundle, { env: context.tls }) })
    }
    const isWarm = new Set()
    for (const cell of shuffled(cells)) {
      log(`${label(cell)}: generation ${generation} of ${generations}`)
      const work = {
        plugins: cell.plugins,
        concurrency: cell.concurrency,
        origin: origins[cell.protocol][cell.plugins]
      }
      const calls = new Map()
      for (const { client, worker } of shuffled(processes)) {
        // V8 compiles hot code for the first ten thousand calls or so
        const warm = isWarm.has(client) ? { millis: warmMillis, least: 0 } : { millis: firstMillis, least: 20_000 }
        const { rate } = await worker.ask({ task: "warmUp", ...warm, ...work })
        calls.set(client, Math.max(cell.concurrency, Math.round((rate * sliceMillis) / 1000)))
        isWarm.add(client)
      }
      for (let round = 0; round < Math.ceil(rounds / generations); round++) {
        for (const { client, worker } of shuffled(processes)) {
          const name = isHeadline(cell) ? client.name : `${client.name}: ${label(cell)}`
          const taken = samples.get(name) ?? []
          taken.push(await worker.ask({ task: "measure", calls: calls.get(client), ...work }))
          samples.set(name, taken)
        }
      }
    }
    await Promise.all(processes.map(({ worker }) => worker.stop()))
  }
  return samples
}

export const calls = async (context) => {
  const built = []
  for (const client of clients) {
    built.push({ ...client, bundle: (await bundle(`clients/${client.file}.ts`)).outfile })
  }
  const first = await measureCells(context, built, [headline], { firstMillis: 3000, warmMillis: 300, sliceMillis: 250 })
  const rest = await measureCells(
    context,
    built.filter(({ main }) => main),
    grid.filter((cell) => !isHeadline(cell)),
    { firstMillis: 1500, warmMillis: 250, sliceMillis: 120 }
  )
  const names = built.flatMap(({ name }) => [
    ...[...first.keys()].filter((key) => key === name),
    ...grid.map((cell) => `${name}: ${label(cell)}`).filter((key) => rest.has(key))
  ])
  const order = [...names.filter((name) => first.has(name)), ...names.filter((name) => rest.has(name))]
  return order.flatMap((name) => {
    const taken = first.get(name) ?? rest.get(name)
    return [
      figure(
        name,
        "µs CPU a call",
        taken.map(({ cpu }) => cpu)
      ),
      figure(
        name,
        "calls/s",
        taken.map(({ rate }) => rate)
      )
    ]
  })
}
