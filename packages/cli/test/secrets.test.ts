import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync, watch } from "node:fs"
import { bin, environmentOf, folder, nobody, name, runtime, wechat } from "./support.js"
import { terminal } from "./terminal.js"

describe(`a secret under ${name}`, () => {
  it.live("is refused as an argument, and not repeated in the error", () =>
    Effect.gen(function* () {
      for (const args of [
        ["list", "--secret", "s3cret-s3cret"],
        ["list", "--secret=s3cret-s3cret"],
        ["--app-secret", "s3cret-s3cret", "list", "--json"],
        ["token", "--access-token=s3cret-s3cret", "--verbose"],
        ["list", "--token", "s3cret-s3cret"],
        ["list", "--appsecret=s3cret-s3cret", "--help"]
      ]) {
        const { code, stderr, stdout } = yield* wechat(args, {}, runtime)
        assert.strictEqual(code, 2, args.join(" "))
        assert.include(stderr, "WECHAT_SECRET")
        assert.notInclude(stderr + stdout, "s3cret")
      }
    })
  )

  it.scopedLive("is not stored after it was typed", () =>
    Effect.gen(function* () {
      const { WECHAT_SECRET: secret, ...env } = environmentOf(yield* Emulator.Emulator)
      const home = yield* folder
      const session = yield* terminal(["list"], { ...env, HOME: home, XDG_CONFIG_HOME: home }, runtime)
      yield* session.shows(/App secret of/)
      session.type(`${secret}\r`)
      assert.strictEqual(yield* session.ended, 0)
      assert.deepStrictEqual(
        readdirSync(home).filter((file) => !file.startsWith(".bun")),
        []
      )
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.scopedLive("is not in the process list", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { WECHAT_SECRET: secret, ...env } = environmentOf(emulator)
      yield* emulator.fault(Fault.hold({ on: "token" }))
      const child = spawn(runtime, [bin, "list"], {
        env: { ...process.env, ...nobody, ...env, WECHAT_SECRET: secret }
      })
      yield* Effect.addFinalizer(() => Effect.sync(() => child.kill("SIGKILL")))
      yield* emulator.awaitRequest("token")
      assert.notInclude(readFileSync(`/proc/${child.pid}/cmdline`, "utf8"), secret)
      child.kill("SIGTERM")
      const [code] = yield* Effect.promise(() => once(child, "close"))
      assert.strictEqual(code, 143)
    }).pipe(Effect.provide(Emulator.layer()))
  )
})

it.scopedLive("a diagnostic report of Node does not contain the secrets of the environment", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const directory = yield* folder
    const { WECHAT_SECRET: secret, ...env } = environmentOf(emulator)
    yield* emulator.fault(Fault.hold({ on: "token" }))
    const flags = ["--report-on-signal", "--report-signal=SIGUSR2", `--report-directory=${directory}`]
    const child = spawn("node", [...flags, bin, "list"], {
      env: { ...process.env, ...nobody, ...env, WECHAT_SECRET: secret, WECHAT_ACCESS_TOKEN: "" },
      stdio: "ignore"
    })
    yield* Effect.addFinalizer(() => Effect.sync(() => child.kill("SIGKILL")))
    yield* emulator.awaitRequest("token")
    const watcher = watch(directory)
    const whole = () => {
      const [file] = readdirSync(directory)
      const text = file === undefined ? "" : readFileSync(`${directory}/${file}`, "utf8")
      return text.endsWith("\n}") || text.endsWith("\n}\n") ? text : undefined
    }
    const report = yield* Effect.async<string>((resume) => {
      watcher.on("change", () => {
        const text = whole()
        if (text !== undefined) {
          resume(Effect.succeed(text))
        }
      })
      child.kill("SIGUSR2")
    }).pipe(Effect.ensuring(Effect.sync(() => watcher.close())))
    assert.include(report, "WECHAT_APPID")
    assert.notInclude(report, secret)
    assert.notInclude(report, "WECHAT_SECRET")
  }).pipe(Effect.provide(Emulator.layer()))
)
