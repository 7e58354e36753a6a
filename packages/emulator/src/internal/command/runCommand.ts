import { spawn } from "node:child_process"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Emulator } from "../../Emulator.js"

class CommandNotStarted extends Data.TaggedError("CommandNotStarted")<{ readonly message: string }> {}

const env = "emulator-env"

/** What programs, wx-server-sdk and a cloud function read from their environment. */
const environment = ({ appId, appSecret, gatewayUrl, secretId, secretKey, url }: Emulator.Service) => ({
  WECHAT_APPID: appId,
  WECHAT_SECRET: Redacted.value(appSecret),
  WECHAT_BASE_URL: url.origin,
  CLOUD_ENV: env,
  CLOUD_SERVICE_URL: gatewayUrl,
  TENCENTCLOUD: "true",
  TENCENTCLOUD_SECRETID: secretId,
  TENCENTCLOUD_SECRETKEY: Redacted.value(secretKey),
  TCB_CONTEXT_CNFG: JSON.stringify({ URL: gatewayUrl }),
  TCB_CONTEXT_KEYS: "TCB_ENV",
  TCB_ENV: env
})

/** Runs a command whose environment leads to the emulator. Returns its exit code. */
export const runCommand = (
  emulator: Emulator.Service,
  [program, ...args]: readonly [string, ...Array<string>]
): Effect.Effect<number, CommandNotStarted> =>
  Effect.async((resume) => {
    const child = spawn(program, args, {
      stdio: "inherit",
      env: { ...process.env, ...environment(emulator) },
      shell: process.platform === "win32"
    })
    child.once("error", ({ message }) =>
      resume(Effect.fail(new CommandNotStarted({ message: `${program} cannot be started: ${message}` })))
    )
    child.once("exit", (code) => resume(Effect.succeed(code ?? 1)))
    return Effect.sync(() => void child.kill())
  })
