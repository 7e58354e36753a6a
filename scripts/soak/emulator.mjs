// The emulator in a process of its own, so that what it keeps does not count as kept by the client.
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { FetchHttpClient } from "@effect/platform"
import { Effect, Layer } from "effect"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const bin = fileURLToPath(new URL("../../packages/emulator/src/bin.ts", import.meta.url))

const start = Effect.acquireRelease(
  Effect.sync(() => spawn("node", ["--import", "tsx", bin, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] })),
  (child) => Effect.sync(() => child.kill())
)

/** Its URL is in the text that it prints at the start. Everything after that is its log, which is read and dropped. */
const urlOf = (child) =>
  Effect.async((resume) => {
    let text = ""
    child.once("exit", (code) => resume(Effect.dieMessage(`the emulator ended with ${code}`)))
    child.stdout.on("data", (chunk) => {
      if (text !== undefined) {
        text += chunk
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
        if (url !== undefined) {
          text = undefined
          resume(Effect.succeed(new URL(url)))
        }
      }
    })
  })

export const layer = Layer.unwrapScoped(
  Effect.map(Effect.flatMap(start, urlOf), (url) => EmulatorClient.layer({ url }))
).pipe(Layer.provide(FetchHttpClient.layer))
