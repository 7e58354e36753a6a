import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, type Scope } from "effect"
import { readFileSync } from "node:fs"
import { environmentOf, folder, name, runtime } from "./support.js"
import { terminal } from "./terminal.js"

const red = 1
const green = 2
const yellow = 3

describe(`in a terminal, under ${name}`, () => {
  const test = (
    title: string,
    run: (env: Record<string, string>) => Effect.Effect<void, unknown, Emulator.Emulator | Scope.Scope>
  ) =>
    it.scopedLive(title, () =>
      Effect.flatMap(Emulator.Emulator, (emulator) => run(environmentOf(emulator))).pipe(
        Effect.provide(Emulator.layer())
      )
    )

  test("a table with Chinese text is aligned, and its statuses have colors", (env) =>
    Effect.gen(function* () {
      const session = yield* terminal(["list"], env, runtime)
      assert.strictEqual(yield* session.ended, 0)
      const columns = session.columnsOf(/http:/)
      assert.lengthOf(columns, 4)
      assert.lengthOf(new Set(columns), 1, session.screen())
      assert.deepStrictEqual(["applying", "approved", "refused", "timed out"].map(session.colourOf), [
        yellow,
        green,
        red,
        red
      ])
    }))

  test("NO_COLOR and dumb terminals get text without colors", (env) =>
    Effect.gen(function* () {
      for (const more of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
        const session = yield* terminal(["list"], { ...env, ...more }, runtime)
        assert.strictEqual(yield* session.ended, 0)
        assert.notMatch(session.bytes(), /\u001b\[[\d;]*m/)
        assert.match(session.screen(), /aaaa +applying/)
      }
    }))

  test("avatars are links if the terminal supports links", (env) =>
    Effect.gen(function* () {
      const session = yield* terminal(["list", "--lang", "zh"], { ...env, FORCE_HYPERLINK: "1" }, runtime)
      assert.strictEqual(yield* session.ended, 0)
      assert.include(session.bytes(), "\u001b]8;;http://plugin.qq.com\u0007查看\u001b]8;;\u0007")
      assert.notInclude(session.screen(), "http://plugin")
      assert.lengthOf(new Set(session.columnsOf(/查看/)), 1, session.screen())
    }))

  test("a nickname cannot move the cursor, color the terminal or change the direction of a line", (env) =>
    Effect.gen(function* () {
      const { setPlugins } = yield* Emulator.Emulator
      const headimgurl = "http://h\u001b]8;;http://evil\u0007"
      yield* setPlugins([{ appid: "wx1", status: 2, nickname: "\u001b[31mred\u009b2J\u202e\u0007\r\n", headimgurl }])
      const session = yield* terminal(["list"], { ...env, NO_COLOR: "1", FORCE_HYPERLINK: "1" }, runtime)
      assert.strictEqual(yield* session.ended, 0)
      assert.match(session.screen(), /wx1 +approved +\[31mred 2J +/)
      const drawn = session.bytes().replaceAll(/\u001b\]8;;[^\u0007]*\u0007|\r\u001b\[K(?:. asking …)?|\r\n/g, "")
      assert.notMatch(drawn, /[\p{Cc}\u202e]/u)
      const json = yield* terminal(["list", "--json"], env, runtime)
      assert.strictEqual(yield* json.ended, 0)
      assert.notMatch(json.bytes().replaceAll(/\r\u001b\[K(?:. asking …)?|\r\n/g, ""), /\p{Cc}/u)
    }))

  test("a spinner is shown while it waits, and removed afterwards", (env) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.hold())
      const session = yield* terminal(["list", "--lang", "zh"], env, runtime)
      yield* session.shows(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] 查询中/)
      yield* emulator.awaitRequest("plugin")
      yield* emulator.release
      assert.strictEqual(yield* session.ended, 0)
      assert.notInclude(session.screen(), "查询中")
      assert.match(session.screen(), /^appid +状态/)
    }))

  test("Ctrl-C ends it with 130, and restores the line and the cursor", (env) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const session = yield* terminal(["wait", "aaaa"], env, runtime)
      yield* session.shows(/waiting for the decision about aaaa/)
      yield* emulator.awaitRequest("plugin")
      session.type("\u0003")
      assert.strictEqual(yield* session.ended, 130)
      assert.notMatch(session.screen(), /waiting|Error|at /)
      assert.isTrue(session.cursorIsVisible())
    }))

  test("a missing secret is asked for, masked and used", (env) =>
    Effect.gen(function* () {
      const { WECHAT_SECRET: secret, ...others } = env
      const session = yield* terminal(["list", "--lang", "zh"], others, runtime)
      yield* session.shows(/wx00000000000000a1 的 AppSecret/)
      session.type(`${secret}\r`)
      assert.strictEqual(yield* session.ended, 0)
      assert.include(session.screen(), "插件昵称")
      assert.notInclude(session.bytes(), secret!)
      assert.notInclude(session.bytes(), secret!.slice(0, 8))
      assert.isTrue(session.cursorIsVisible())
    }))

  test("doctor asks for a missing secret on a line of its own", (env) =>
    Effect.gen(function* () {
      const { WECHAT_SECRET: secret, ...others } = env
      const session = yield* terminal(["doctor"], others, runtime)
      const question = yield* session.shows(/App secret of/)
      assert.notMatch(question, /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/)
      session.type(`${secret}\r`)
      assert.strictEqual(yield* session.ended, 0)
      assert.match(session.screen(), /✓ configuration: .*typed on the terminal/)
    }))

  test("Ctrl-C at a question ends it with 130", (env) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { WECHAT_SECRET: _, ...others } = env
      for (const command of ["list", "doctor"]) {
        const session = yield* terminal([command], others, runtime)
        yield* session.shows(/App secret of/)
        session.type("\u0003")
        assert.strictEqual(yield* session.ended, 130)
        assert.include(session.screen(), "Cancelled. Nothing was changed.")
        assert.isTrue(session.cursorIsVisible())
      }
      assert.deepStrictEqual(yield* emulator.journal, [])
    }))

  test("a change that cannot be undone is confirmed: no keeps everything, yes makes it", (env) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const has = Effect.map(emulator.plugins, (plugins) => plugins.some(({ appid }) => appid === "wx00000000000000b2"))
      const no = yield* terminal(["unbind", "wx00000000000000b2", "--lang", "zh"], env, runtime)
      yield* no.shows(/从小程序 wx00000000000000a1 移除插件 “腾讯位置服务路线规划”（wx00000000000000b2）？/)
      no.type("n")
      assert.strictEqual(yield* no.ended, 2)
      assert.include(no.screen(), "已取消，未做任何更改。")
      assert.isTrue(yield* has)
      const yes = yield* terminal(["unbind", "wx00000000000000b2"], env, runtime)
      yield* yes.shows(/Remove the plugin “腾讯位置服务路线规划” \(wx00000000000000b2\) from wx00000000000000a1\?/)
      yes.type("y")
      assert.strictEqual(yield* yes.ended, 0)
      assert.include(yes.screen(), "Removed wx00000000000000b2.")
      assert.isFalse(yield* has)
    }))

  test("a question does not repeat escape sequences of an argument", (env) =>
    Effect.gen(function* () {
      const { WECHAT_SECRET: _, ...others } = env
      for (const [args, variables, pattern] of [
        [["unbind", "wx\u001b[2J\u202e\u{e0041}x"], env, /Remove the plugin wx \[2Jx from /],
        [["list", "--appid", "wx\u001b[2J\u202e\u{e0041}x"], others, /App secret of wx \[2Jx/]
      ] as const) {
        const session = yield* terminal(args, variables, runtime)
        yield* session.shows(pattern)
        session.type("\u0003")
        assert.strictEqual(yield* session.ended, 130)
        assert.notMatch(session.bytes(), /\u001b\[2J|\u202e|[\u{e0000}-\u{e0fff}]/u)
      }
    }))

  test("a question goes to stderr, and stdout contains only the result", (env) =>
    Effect.gen(function* () {
      const file = `${yield* folder}/answer.json`
      const session = yield* terminal(["unbind", "wx00000000000000b2", "--json"], env, runtime, file)
      yield* session.shows(/Remove the plugin .*wx00000000000000b2/)
      session.type("y")
      assert.strictEqual(yield* session.ended, 0)
      assert.deepStrictEqual(JSON.parse(readFileSync(file, "utf8")), { done: "unbind", appid: "wx00000000000000b2" })
    }))

  test("an error is red, and in the language of the locale", (env) =>
    Effect.gen(function* () {
      const session = yield* terminal(["apply", "wx-nowhere"], { ...env, LANG: "zh_CN.UTF-8" }, runtime)
      assert.strictEqual(yield* session.ended, 3)
      assert.match(session.screen(), /^错误：没有这个插件 → 请核对插件 appid。（89239 /)
      assert.strictEqual(session.colourOf("错误："), red)
    }))

  test("the emulator shows each request, and ends at Ctrl-C", () =>
    Effect.gen(function* () {
      const server = yield* terminal(["emulator", "--port", "0", "--lang", "zh"], {}, runtime)
      const welcome = yield* server.shows(/Control +http/)
      const of = (variable: string) => new RegExp(`export ${variable}=(\\S+)`).exec(welcome)![1]!
      const env = Object.fromEntries(
        ["WECHAT_BASE_URL", "WECHAT_APPID", "WECHAT_SECRET"].map((name) => [name, of(name)])
      )
      assert.include(welcome, "微信模拟器已启动")
      const client = yield* terminal(["apply", "wx-nowhere"], env, runtime)
      assert.strictEqual(yield* client.ended, 3)
      const log = yield* server.shows(/\/wxa\/plugin .*89239/)
      assert.match(log, /● #1 POST \/cgi-bin\/stable_token/)
      const requests = log
        .split("\n")
        .filter((line) => line.includes("●"))
        .join("\n")
      assert.notInclude(requests, env["WECHAT_SECRET"]!)
      assert.match(requests, /access_token=\*\*\*/)
      server.type("\u0003")
      assert.strictEqual(yield* server.ended, 130)
    }))
})
