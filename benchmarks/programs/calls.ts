// CPU time per call in one process, 64 calls at once, written so that both majors of Effect compile it. Prints microseconds per call.
import { getPluginList } from "@effect-wechat/plugin-manager/PluginManager"
import { Transport } from "@effect-wechat/plugin-manager/Transport"
import * as NodeTransport from "@effect-wechat/transport-https/NodeTransport"
import * as Effect from "effect/Effect"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { options } from "./program.js"

const runtime = ManagedRuntime.make(NodeTransport.layerNode(options))

const atOnce = 64

/** The first `atOnce` calls start together, and each is followed by the next. */
const loops = (calls: number, call: () => Promise<unknown>) => {
  let left = calls
  const loop = async () => {
    while (left-- > 0) {
      await call()
    }
  }
  return Promise.all(Array.from({ length: atOnce }, loop))
}

const inFibers = (calls: number, call: typeof getPluginList) =>
  runtime.runPromise(Effect.forEach(Array.from({ length: calls }), () => call, { concurrency: atOnce, discard: true }))

const transport = await runtime.runPromise(
  Effect.gen(function* () {
    return yield* Transport
  })
)
const provided = Effect.provideService(getPluginList, Transport, transport)

const ways: Readonly<Record<string, (calls: number) => Promise<unknown>>> = {
  "without a span": (calls) => inFibers(calls, Effect.withTracerEnabled(getPluginList, false)),
  "with a span": (calls) => inFibers(calls, getPluginList),
  "runPromise for each": (calls) => loops(calls, () => runtime.runPromise(getPluginList)),
  "provided for each": (calls) => loops(calls, () => Effect.runPromise(provided))
}

const calls = Number(process.argv[2])
const measured: Record<string, number> = {}
for (const [name, way] of Object.entries(ways)) {
  await way(calls / 2)
  const before = process.cpuUsage()
  await way(calls)
  const { system, user } = process.cpuUsage(before)
  measured[name] = (user + system) / calls
}
console.log(JSON.stringify(measured))
process.exit()
