// Keeps 64 calls in flight while the emulator injects random faults: `npm run soak -- 10` for ten minutes, half of them over fetch and half
// over undici. Every call must end, with a value or a typed error, and heap, handles and timers must not grow. A second argument is the
// seed of the faults.
import { Emulator } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as UndiciHttpClient from "@effect-wechat/transport-https/UndiciHttpClient"
import { Cause, Duration, Effect, Exit, Layer } from "effect"
import * as SoakEmulator from "./soak/emulator.mjs"
import { inject } from "./soak/faults.mjs"

const [minutes = 10, seed = Math.floor(Math.random() * 1e6)] = process.argv.slice(2).map(Number)
if (!(minutes > 0) || Number.isNaN(seed)) {
  console.error("npm run soak -- <minutes> <seed>")
  process.exit(2)
}

const inFlight = 64
const phase = Duration.minutes(minutes / 2)
const sampleEvery = Duration.toMillis(phase) / 40

const app = ({ appId, appSecret, url }) => ({ appId, appSecret, baseUrl: url })

const clients = {
  fetch: (emulator) => HttpsTransport.layerFetch(app(emulator)),
  undici: (emulator) => Layer.provide(HttpsTransport.layer(app(emulator)), UndiciHttpClient.layer())
}

const resources = () => {
  const counts = { sockets: 0, timers: 0, other: 0 }
  for (const name of process.getActiveResourcesInfo()) {
    const kind = name === "Timeout" || name === "Immediate" ? "timers" : /TCP/.test(name) ? "sockets" : "other"
    counts[kind]++
  }
  return counts
}

const sample = Effect.sync(() => {
  globalThis.gc()
  return { heap: process.memoryUsage().heapUsed / 2 ** 20, ...resources() }
})

const call = (counts) =>
  Effect.suspend(() => {
    counts.started++
    return PluginManager.getPluginList
  }).pipe(
    Effect.exit,
    Effect.map((exit) => {
      if (Exit.isSuccess(exit)) {
        counts.succeeded++
      } else if (Cause.isFailType(exit.cause) && typeof exit.cause.error._tag === "string") {
        const { _tag, api, reason } = exit.cause.error
        // a failed token request is remembered, and fails many calls at once
        const name = [_tag, reason, api].filter((part) => part !== undefined).join(" ")
        counts.failed++
        counts.errors[name] = (counts.errors[name] ?? 0) + 1
      } else {
        counts.defects.push(Cause.pretty(exit.cause))
      }
    })
  )

const mean = (samples, key) => samples.reduce((sum, one) => sum + one[key], 0) / samples.length

/** How much more of each there may be in the last quarter than in the first. */
const margins = { heap: 4, sockets: inFlight / 2, timers: 8, other: 4 }

const soak = (name) =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const counts = { started: 0, succeeded: 0, failed: 0, errors: {}, defects: [] }
    const samples = []
    let isOver = false
    const before = yield* sample

    yield* Effect.gen(function* () {
      yield* Effect.forkScoped(inject(seed))
      yield* Effect.forkScoped(
        Effect.forever(
          Effect.delay(
            Effect.map(sample, (one) => samples.push(one)),
            sampleEvery
          )
        )
      )
      yield* Effect.fork(
        Effect.delay(
          Effect.sync(() => (isOver = true)),
          phase
        )
      )
      const caller = Effect.repeat(call(counts), { until: () => isOver })
      yield* Effect.replicateEffect(caller, inFlight, { concurrency: "unbounded", discard: true })
    }).pipe(Effect.scoped, Effect.provide(clients[name](emulator)))

    // idle connections are closed after a few seconds
    const after = yield* Effect.repeat(Effect.delay(sample, "500 millis"), {
      until: ({ sockets, timers }) => sockets <= before.sockets + 2 && timers <= before.timers + 2,
      times: 40
    })
    const quarter = Math.floor(samples.length / 4)
    const rows = Object.entries(margins).map(([kind, margin]) => {
      const [first, last] = [samples.slice(0, quarter), samples.slice(-quarter)].map((part) => mean(part, kind))
      // compiled code stays in the heap
      const isGone = kind === "heap" || after[kind] <= before[kind] + 4
      return { kind, before: before[kind], first, last, after: after[kind], isFlat: last <= first + margin && isGone }
    })

    console.log(`\nover ${name}: ${counts.started} calls, ${counts.succeeded} succeeded, ${counts.failed} failed`)
    console.log(`  ${counts.started - counts.succeeded - counts.failed} lost, ${counts.defects.length} defects`)
    for (const [error, count] of Object.entries(counts.errors).sort(([, a], [, b]) => b - a)) {
      console.log(`  ${String(count).padStart(8)} ${error}`)
    }
    const shown = (number) => number.toFixed(1).padStart(9)
    console.log("               before   first ¼    last ¼     after   (heap in MiB after a collection)")
    for (const { after, before, first, isFlat, kind, last } of rows) {
      console.log(`  ${kind.padEnd(8)}${[before, first, last, after].map(shown).join(" ")}  ${isFlat ? "" : "GROWS"}`)
    }
    for (const defect of counts.defects.slice(0, 3)) {
      console.log(defect)
    }
    return (
      counts.started === counts.succeeded + counts.failed && counts.succeeded > 0 && rows.every(({ isFlat }) => isFlat)
    )
  })

console.log(`${inFlight} calls in flight for ${minutes} minutes, seed ${seed}`)
const results = await Effect.forEach(Object.keys(clients), soak).pipe(
  Effect.provide(SoakEmulator.layer),
  Effect.runPromise
)
const isGood = results.every(Boolean)
console.log(isGood ? "\nok: every call ended, nothing grew" : "\nFAILED")
process.exitCode = isGood ? 0 : 1
