// Runs the emulator in its own process, and sends its parent the environment variables of a cloud function.
import * as Emulator from "@effect-wechat/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

const tell = Effect.map(Emulator.Emulator, ({ gatewayUrl, secretId, secretKey }) =>
  process.send?.({
    environment: {
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: gatewayUrl }),
      TCB_CONTEXT_KEYS: "TCB_ENV",
      TCB_ENV: "benchmark-env",
      TENCENTCLOUD: "true",
      TENCENTCLOUD_SECRETID: secretId,
      TENCENTCLOUD_SECRETKEY: Redacted.value(secretKey)
    }
  })
)

Effect.runFork(Layer.launch(Layer.provide(Layer.effectDiscard(tell), Emulator.layer())))
process.on("disconnect", () => process.exit())
