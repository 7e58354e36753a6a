/** The emulator in a process of its own, with as many mini programs as the argument says. */
import { Emulator } from "@effect-wechat/emulator"
import { Effect, Layer } from "effect"
import { worldOf } from "../../packages/fleet/test/support.js"

const tell = Effect.map(Emulator.Emulator, ({ url }) => process.send!(url.href))

process.on("disconnect", () => process.exit())
Layer.effectDiscard(tell).pipe(
  Layer.provide(Emulator.layer({ world: worldOf(Number(process.argv[2])), journalLimit: 1000 })),
  Layer.launch,
  Effect.runFork
)
