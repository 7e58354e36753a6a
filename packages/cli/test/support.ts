import { Emulator } from "@effect-wechat/emulator"
import { Effect, Redacted } from "effect"
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Outcome, root, run } from "@effect-wechat/test-support/process"

/** the published command, which `npm run build` makes */
export const bin = `${root}packages/cli/dist/bin.js`

/** Bun itself: a signal to the script that wraps it would end only the script */
const bun: readonly [name: string, command: string] = ["Bun", `${root}node_modules/bun/bin/bun.exe`]

/** what the command runs on: Node, and Bun where a suite of scripts/suites.mjs says so */
export const [name, runtime] = process.env["COMMAND_RUNS_ON"] === "Bun" ? bun : ["Node", "node"]

/** A temporary folder. */
export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "wechat-plugin-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

export const write = (file: string, content: unknown, mode = 0o600): void => {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content), { mode })
  chmodSync(file, mode)
}

/** An environment without a user's configuration. */
export const nobody = {
  HOME: "/nonexistent",
  XDG_CONFIG_HOME: "/nonexistent",
  LANG: "en_US.UTF-8",
  TERM: "xterm-256color"
}

export const environmentOf = ({ appId, appSecret, url }: Emulator.Emulator.Service) => ({
  WECHAT_APPID: appId,
  WECHAT_SECRET: Redacted.value(appSecret),
  WECHAT_BASE_URL: url.origin
})

/** Runs the command without a terminal. */
export const wechat = (
  args: ReadonlyArray<string>,
  env: Record<string, string> = {},
  on = runtime
): Effect.Effect<Outcome> => Effect.promise(() => run(on, [bin, ...args], { env: { ...nobody, ...env } }))

/** Runs the command as a mini program of the emulator, by default the first one. */
export const asMiniProgram = (
  args: ReadonlyArray<string>,
  options: { readonly appid?: string; readonly runtime?: string } = {}
) =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const { appid, appSecret } = yield* emulator.miniProgram(options.appid ?? emulator.appId)
    const env = { ...environmentOf(emulator), WECHAT_APPID: appid, WECHAT_SECRET: Redacted.value(appSecret) }
    return yield* wechat(args, env, options.runtime)
  })
