import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { readdirSync, readFileSync } from "node:fs"
import { root } from "@effect-wechat/test-support/process"
import { asMiniProgram, environmentOf, folder, wechat, write } from "./support.js"

/** OSC 52 sets the clipboard. CSI, C1, bidi and tag characters change what a reader or an assistant sees. */
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

  it.live("is escaped in JSON, and not changed", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.setPlugins([{ appid: "wx1", status: 2, nickname: hostile, headimgurl: "http://h" }])
      const { stdout } = yield* asMiniProgram(["list", "--json"])
      assert.strictEqual((JSON.parse(stdout) as ReadonlyArray<{ nickname: string }>)[0]?.nickname, hostile)
    }).pipe(Effect.provide(Emulator.layer()))
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

  it.scopedLive(
    "white space around a secret in the config file is removed, and a blank one is refused by its name",
    () =>
      Effect.gen(function* () {
        const { WECHAT_SECRET: secret, WECHAT_APPID: appid, ...env } = environmentOf(yield* Emulator.Emulator)
        const file = `${yield* folder}/config.json`
        const list = (secret: string) => {
          write(file, { profiles: { shop: { appid, secret } } })
          return wechat(["list", "--profile", "shop"], { ...env, WECHAT_PLUGIN_CONFIG: file })
        }
        assert.strictEqual((yield* list(`${secret}\r\n`)).code, 0)
        const blank = yield* list(" \n")
        assert.strictEqual(blank.code, 4)
        assert.include(blank.stderr, "profiles.shop.secret is blank")
      }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("white space around a token is removed", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const token = Redacted.value(yield* emulator.issueToken)
      const env = { WECHAT_BASE_URL: emulator.url.origin, WECHAT_ACCESS_TOKEN: ` ${token}\r\n` }
      const { code, stderr } = yield* wechat(["list"], env)
      assert.strictEqual(code, 0, stderr)
    }).pipe(Effect.provide(Emulator.layer()))
  )
})

it("the source has one way to stdout and stderr, and one to questions", () => {
  const source = `${root}packages/cli/src/`
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"))
  const using = (pattern: RegExp) =>
    files.filter((file) => pattern.test(readFileSync(`${source}${file}`, "utf8"))).sort()
  assert.deepStrictEqual(using(/process\.(?:stdout|stderr)|\bconsole\.\w+\(/), ["program/output/streams.ts"])
  assert.deepStrictEqual(using(/Process\.write/), ["program/output/screen.ts", "program/output/terminal.ts"])
  assert.deepStrictEqual(using(/Streams\.write/), [
    "bin.ts",
    "program/fleet/session.ts",
    "program/output/logger.ts",
    "program/output/process.ts"
  ])
  assert.deepStrictEqual(using(/NodeSink|effect\/Console"|Effect\.log|Console\.log/), ["program/output/cliConsole.ts"])
  assert.deepStrictEqual(using(/@effect\/cli\/Prompt/), [
    "program/question/ask.ts",
    "program/question/askSecret.ts",
    "program/question/confirm.ts"
  ])
})
