import { Emulator, World } from "@effect-wechat/emulator"
import { run } from "@effect-wechat/test-support/process"
import { Effect } from "effect"
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { buildFleet } from "../../build.mjs"
import { bin, folder, nobody, runtime, write } from "../support.js"
import { terminal } from "../terminal.js"

/** The command with `@effect-wechat/fleet` beside it, as an installation has them; removed with the scope. */
export const installed = Effect.acquireRelease(
  Effect.promise(async () => {
    const place = mkdtempSync(join(tmpdir(), "wechat-plugin-fleet-"))
    cpSync(dirname(bin), join(place, "command"), { recursive: true })
    await buildFleet(place)
    return join(place, "command/bin.js")
  }),
  (file) => Effect.sync(() => rmSync(dirname(dirname(file)), { recursive: true, force: true }))
)

export const appIdOf = (at: number): string => `wx${String(at + 1).padStart(16, "0")}`

/** Mini programs of which each uses the first plugin. */
export const worldOf = (count: number): World.World =>
  World.make({
    miniPrograms: Array.from({ length: count }, (_, at) => ({ appid: appIdOf(at) })) as never,
    plugins: [
      { appid: "wxmap", nickname: "地图" },
      { appid: "wxpay", nickname: "支付" }
    ],
    applications: Array.from({ length: count }, (_, at) => ({ applicant: appIdOf(at), plugin: "wxmap", status: 2 }))
  })

/** A user whose config file has the secrets of the emulator's mini programs, and a file that names them. */
export const user = (command: string, count: number) =>
  Effect.gen(function* () {
    const home = yield* folder
    const { url } = yield* Emulator.Emulator
    const appIds = Array.from({ length: count }, (_, at) => appIdOf(at))
    const config = join(home, "config.json")
    const apps = join(home, "apps.txt")
    write(config, {
      profiles: Object.fromEntries(appIds.map((appid) => [appid, { appid, secret: `made-up-secret-of-${appid}` }]))
    })
    write(apps, `# the fleet\n${appIds.join("\n")}\n`)
    const env = {
      ...nobody,
      XDG_DATA_HOME: home,
      WECHAT_PLUGIN_CONFIG: config,
      WECHAT_BASE_URL: url.origin
    }
    return {
      home,
      apps,
      env,
      /** runs a command of `fleet` without a terminal */
      fleet: (...args: ReadonlyArray<string>) =>
        Effect.promise(() => run(runtime, [command, "fleet", ...args], { env })),
      /** runs it in a terminal */
      inTerminal: (...args: ReadonlyArray<string>) => terminal(["fleet", ...args], env, runtime, undefined, command)
    }
  })
