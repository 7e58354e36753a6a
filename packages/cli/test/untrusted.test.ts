import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { spawn } from "node:child_process"
import { chmodSync, mkdirSync } from "node:fs"
import { run } from "@effect-wechat/test-support/process"
import { exitCodeOf } from "../src/program/failure/exitCodes.js"
import { asMiniProgram, bin, environmentOf, folder, nobody, wechat, write } from "./support.js"

/** OSC 52 sets the clipboard; CSI, C1, bidi and tag characters change what a reader or an assistant sees. */
const hostile = "\u001b]52;c;aGk=\u0007 \u001b[2J \u009b31m a\u202eb \u2066c \u{e0041}\u{e0042} line\u2028next"

const dangerous =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\u{e0000}-\u{e0fff}]/u

describe("text from elsewhere", () => {
  it.live("reaches stdout and stderr without anything that a terminal obeys", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.setPlugins([{ appid: `wx${hostile}`, status: 2, nickname: hostile, headimgurl: hostile }])
      const refused = Fault.errcode(89236, { errmsg: hostile })
      for (const [args, fault] of [
        [["list"], undefined],
        [["list", "--json"], undefined],
        [["doctor"], undefined],
        [["doctor"], Fault.errcode(40164, { on: "token", errmsg: hostile })],
        [["doctor", "--json"], Fault.errcode(48001, { errmsg: hostile })],
        [["apply", "wx1"], refused],
        [["apply", "wx1", "--json"], refused],
        [["apply", "wx1", "--verbose"], refused],
        [["unbind", `wx${hostile}`], undefined],
        [["list", `--${hostile}`], undefined],
        [[hostile], undefined]
      ] as const) {
        yield* fault === undefined ? Effect.void : emulator.fault(fault)
        const { stderr, stdout } = yield* asMiniProgram(args)
        assert.notMatch(stdout + stderr, dangerous, args.join(" "))
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )
})

describe("a config file", () => {
  const marker = "was-run"
  /** A profile whose command leaves a file behind. */
  const config = (home: string) => ({
    profiles: { shop: { appid: "wx1", secret: { command: `touch ${home}/${marker}; echo secret-secret` } } }
  })
  const hasRun = (home: string) =>
    Effect.map(
      Effect.promise(() => run("ls", [home])),
      ({ stdout }) => stdout.includes(marker)
    )

  it.scopedLive("that others may write to runs no command", () =>
    Effect.gen(function* () {
      const home = yield* folder
      const file = `${home}/config.json`
      for (const mode of [0o666, 0o622, 0o602]) {
        write(file, config(home), mode)
        const { code, stderr } = yield* wechat(["list", "--profile", "shop"], { WECHAT_PLUGIN_CONFIG: file })
        assert.strictEqual(code, 4, stderr)
        assert.include(stderr, "chmod")
        assert.isFalse(yield* hasRun(home))
      }
    })
  )

  it.scopedLive("in a folder that others may write to runs no command", () =>
    Effect.gen(function* () {
      const home = yield* folder
      mkdirSync(`${home}/open`)
      write(`${home}/open/config.json`, config(home))
      chmodSync(`${home}/open`, 0o777)
      const env = { WECHAT_PLUGIN_CONFIG: `${home}/open/config.json` }
      const { code, stderr } = yield* wechat(["list", "--profile", "shop"], env)
      assert.strictEqual(code, 4, stderr)
      assert.isFalse(yield* hasRun(home))
    })
  )

  it.scopedLive("of the current folder is not read, without HOME or with a relative XDG_CONFIG_HOME", () =>
    Effect.gen(function* () {
      const home = yield* folder
      for (const at of [".config", "config"]) {
        mkdirSync(`${home}/${at}/wechat-plugin`, { recursive: true })
        write(`${home}/${at}/wechat-plugin/config.json`, config(home))
      }
      for (const env of [
        { HOME: "", XDG_CONFIG_HOME: "" },
        { HOME: "", XDG_CONFIG_HOME: "config" }
      ]) {
        yield* Effect.promise(() =>
          run("node", [bin, "list", "--profile", "shop"], { cwd: home, env: { ...nobody, ...env } })
        )
        assert.isFalse(yield* hasRun(home))
      }
    })
  )

  it.scopedLive("that is nested deeper than any parser goes is an error that names it", () =>
    Effect.gen(function* () {
      const file = `${yield* folder}/config.json`
      write(file, "[".repeat(100_000))
      const { code, stderr } = yield* wechat(["list", "--profile", "shop"], { WECHAT_PLUGIN_CONFIG: file })
      assert.strictEqual(code, 2)
      assert.include(stderr, "config.json")
      assert.notInclude(stderr, "unexpected error")
    })
  )
})

describe("secrets and arguments", () => {
  for (const name of ["authorizer-access-token", "refresh-token", "secret", "verify-ticket"]) {
    it.live(`--${name}=… is refused and not repeated`, () =>
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* wechat(["list", `--${name}=s3cret-s3cret`])
        assert.strictEqual(code, 2)
        assert.notInclude(stdout + stderr, "s3cret")
      })
    )
  }

  it.live("white space around a secret is removed, and a blank one is refused by its name", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const env = environmentOf(emulator)
      for (const secret of [`${env.WECHAT_SECRET}\n`, ` ${env.WECHAT_SECRET}\r\n`]) {
        const { code, stderr } = yield* wechat(["list"], { ...env, WECHAT_SECRET: secret })
        assert.strictEqual(code, 0, stderr)
      }
      for (const secret of [" ", "\n", "two words"]) {
        const { code, stderr } = yield* wechat(["list"], { ...env, WECHAT_SECRET: secret })
        assert.strictEqual(code, 4)
        assert.include(stderr, "WECHAT_SECRET")
        assert.notInclude(stderr, "two words")
      }
      const token = yield* wechat(["list"], { ...env, WECHAT_ACCESS_TOKEN: "\n" })
      assert.strictEqual(token.code, 4)
      assert.include(token.stderr, "WECHAT_ACCESS_TOKEN")
      const tokens = (yield* emulator.journal).flatMap(({ credential }) => credential ?? [])
      assert.isNotEmpty(tokens)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("a negative value belongs to its option", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const applied = yield* asMiniProgram(["apply", "wx00000000000000b5", "--reason", "-1"])
      assert.notInclude(applied.stderr, "--reason")
      const body = (yield* emulator.journal).filter(({ path }) => path === "/wxa/plugin").at(-1)?.body
      assert.deepInclude(body, { action: "apply", reason: "-1" })
      const port = yield* wechat(["emulator", "--port", "-1"])
      assert.strictEqual(port.code, 2)
      assert.match(port.stderr, /port/i)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it("a reply with a wrong signature is a matter of the credential", () => {
    assert.strictEqual(exitCodeOf({ _tag: "WechatTransportError", category: "credential" }), 4)
  })
})

describe("an MCP server", () => {
  it.live("answers a line that is not JSON with a parse error, and goes on", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const env = { PATH: process.env["PATH"]!, ...nobody, ...environmentOf(emulator) }
      const lines = yield* Effect.async<ReadonlyArray<string>>((resume) => {
        const child = spawn("node", [bin, "mcp"], { env, stdio: ["pipe", "pipe", "inherit"] })
        const initialize = {
          jsonrpc: "2.0",
          id: 1,
          method: "initialize",
          params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "1" } }
        }
        let text = ""
        child.stdout.on("data", (data) => {
          text += String(data)
          // the parse error and the reply
          if (text.trim().split("\n").length === 2) {
            child.stdin.end()
          }
        })
        child.on("close", () => resume(Effect.succeed(text.trim().split("\n"))))
        child.stdin.write(`this is not JSON\n${JSON.stringify(initialize)}\n`)
      })
      const [failure, reply] = lines.map((line) => JSON.parse(line) as { id: unknown; error?: { code: number } })
      assert.deepInclude(failure, { id: null })
      assert.strictEqual(failure?.error?.code, -32700)
      assert.strictEqual(reply?.id, 1)
      assert.isUndefined(reply?.error)
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
