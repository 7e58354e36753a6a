// Decoding alone: from the text of a reply to JSON, and from JSON to records.
import { bundle } from "../lib/bundle.mjs"
import { figure } from "../lib/figures.mjs"
import { start } from "../lib/processes.mjs"
import { replyOf } from "../lib/replies.mjs"

const sizes = [1, 10, 100, 10_000]

export const decode = async ({ generations, log, quick, rounds }) => {
  const { outfile } = await bundle("programs/decode.ts")
  const samples = new Map()
  for (let generation = 1; generation <= generations; generation++) {
    log(`decode: generation ${generation} of ${generations}`)
    const worker = await start(outfile)
    for (const size of sizes) {
      const { taken } = await worker.ask({
        reply: replyOf(size),
        records: size,
        rounds: Math.ceil(rounds / generations),
        sliceMillis: quick ? 30 : 60
      })
      for (const [decoder, values] of Object.entries(taken)) {
        const name = `decode ${size} ${size === 1 ? "plugin" : "plugins"}: ${decoder}`
        samples.set(name, [...(samples.get(name) ?? []), ...values])
      }
    }
    await worker.stop()
  }
  return [...samples].map(([name, values]) => figure(name, "ns CPU a record", values))
}
