import { Emulator, Fault } from "@effect-wechat/emulator"
import { PluginManagerError } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { exitCodeOf } from "../src/program/failure/exitCodes.js"
import { Answers } from "../src/program/schema/answers.js"
import { asMiniProgram, environmentOf, folder, name, runtime, wechat, write } from "./support.js"

type Row = readonly [title: string, code: number, args: ReadonlyArray<string>, stderr: RegExp, fault?: Fault.Fault]

const list = ["list"]
const rid = /rid: \w+-\w+-\w+/

const rows: ReadonlyArray<Row> = [
  ["an unknown option", 2, ["list", "--yaml"], /no option --yaml → See wechat-plugin list --help/],
  ["an unknown command", 2, ["lst"], /there is no command lst → Did you mean list\?/],
  ["no argument", 2, ["apply"], /plugin-appid/],
  ["an empty argument", 2, ["apply", ""], /nothing was sent/],
  ["an invalid duration", 2, ["wait", "wx1", "--every", "soon"], /--every.*30s/],
  ["a duration that is too short", 2, ["list", "--watch", "--every", "10ms"], /at least 1s/],
  ["a confirmation without a terminal", 2, ["unbind", "aaaa"], /Remove the plugin aaaa\?.*--yes/],
  ["--emulator with a mini program", 2, ["list", "--emulator", "--appid", "wx1"], /Remove --appid/],
  ["an unknown profile", 2, ["list", "--profile", "shop"], /no profile shop.*config\.json/],
  [
    "an unknown plugin",
    3,
    ["apply", "wx-nowhere"],
    /no such plugin → Check the plugin's appid\. \(89239 PluginDoesNotExist: .*rid: /
  ],
  ["a refused application", 3, ["wait", "wx00000000000000b3"], /refused.*talk to the plugin's developer/],
  ["an application that timed out", 3, ["wait", "wx00000000000000b4"], /did not answer in time/],
  ["an unknown application", 3, ["wait", "wx-nowhere"], /not in the list/],
  ["an unknown errcode", 3, list, /12345/, Fault.errcode(12345)],
  ["an operation that the app may not call", 4, list, /48001/, Fault.errcode(48001)],
  ["a busy WeChat", 5, ["apply", "wx1"], /WeChat is busy: .*\(-1 /, Fault.errcode(-1)],
  [
    "an IP address that is not allowed",
    4,
    list,
    /not allowed → .*white list.*\(40164 .*rid: /,
    Fault.errcode(40164, { on: "token" })
  ],
  ["a wrong secret", 4, list, /40125/, Fault.errcode(40125, { on: "token" })],
  [
    "a reply that is not JSON",
    5,
    ["apply", "wx1"],
    /HTML|502/i,
    Fault.raw({ status: 502, headers: {}, body: "<html>" })
  ],
  ["a redirect", 5, ["apply", "wx1"], /redirect/, Fault.raw({ status: 302, headers: { location: "/" }, body: "" })],
  ["a reset connection", 5, ["apply", "wx1"], /cannot be reached → Check network.*connection/, Fault.reset()],
  ["a reply that is not as documented", 5, list, /plugin_list/, Fault.body('{"errcode":0,"plugin_list":{}}')],
  ["an exceeded minute quota", 6, list, /45011/, Fault.errcode(45011)],
  ["an exceeded daily quota", 6, list, /clear_quota.*45009/, Fault.errcode(45009)],
  [
    "an application that is not decided in time",
    7,
    ["wait", "aaaa", "--every", "1s", "--for", "1s"],
    /look again later\. \(aaaa\)$/m
  ]
]

describe(`exit codes under ${name}`, () => {
  for (const [title, expected, args, pattern, fault] of rows) {
    it.live(`${expected}: ${title}`, () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        yield* fault === undefined ? Effect.void : emulator.fault(fault)
        const { code, stderr, stdout } = yield* asMiniProgram(args, { runtime })
        assert.deepStrictEqual([code, stdout], [expected, ""], stderr)
        assert.match(stderr, /^error: [^\n]*\n$/, "one line")
        assert.match(stderr, pattern)
        assert.notInclude(stderr, environmentOf(emulator).WECHAT_SECRET)
      }).pipe(Effect.provide(Emulator.layer()))
    )
  }

  it.live("--json prints the error as JSON on stdout, and the line on stderr too", () =>
    Effect.gen(function* () {
      const { code, stderr, stdout } = yield* asMiniProgram(["apply", "wx-nowhere", "--json", "--lang", "zh"], {
        runtime
      })
      const { error } = Schema.decodeUnknownSync(Answers.error, { onExcessProperty: "error" })(JSON.parse(stdout))
      assert.strictEqual(code, 3)
      assert.deepInclude(error, {
        tag: "PluginDoesNotExist",
        errcode: 89239,
        exitCode: 3,
        isRetryable: false,
        endpoint: "api"
      })
      assert.match(error.errmsg!, rid)
      assert.include(error.errmsg!, error.requestId!)
      assert.match(stderr, /^错误：没有这个插件 → 请核对插件 appid。（89239 PluginDoesNotExist: .*）\n$/)
      const usage = yield* asMiniProgram(["list", "--yaml", "--json"], { runtime })
      assert.strictEqual((JSON.parse(usage.stdout) as typeof Answers.error.Type).error.tag, "UsageError")
      assert.strictEqual(usage.code, 2)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("--verbose prints all details", () =>
    Effect.gen(function* () {
      const { stderr } = yield* asMiniProgram(["apply", "wx-nowhere", "--verbose"], { runtime })
      for (const line of [
        "  tag: PluginDoesNotExist",
        "  errcode: 89239",
        "  api: pluginManager.applyPlugin",
        "  endpoint: api",
        "  isRetryable: false",
        "  exitCode: 3"
      ]) {
        assert.include(stderr.split("\n"), line)
      }
      assert.match(stderr, /\n {2}requestId: \w+-\w+-\w+\n/)
    }).pipe(Effect.provide(Emulator.layer()))
  )
})

describe("errors of the libraries", () => {
  it("4 for a reply with a wrong signature, 5 for every other reason without a credential", () => {
    const codes = PluginManagerError.TransportReason.literals.map((reason) => {
      const fields = { api: "pluginManager.getPluginList", description: "", isRetryable: false }
      return [reason, exitCodeOf(new PluginManagerError.WechatTransportError({ ...fields, reason }))]
    })
    assert.deepStrictEqual(Object.fromEntries(codes), {
      connection: 5,
      timeout: 5,
      status: 5,
      body: 5,
      size: 5,
      redirect: 5,
      signature: 4,
      credential: 4
    })
  })

  it.scopedLive("2: an option that the libraries refuse, by the name that the user knows", () =>
    Effect.gen(function* () {
      const env = { WECHAT_APPID: "wx1", WECHAT_SECRET: "s3cret-s3cret" }
      for (const [more, pattern] of [
        [{ WECHAT_BASE_URL: "http://127.0.0.1:9/?a=b" }, /WECHAT_BASE_URL.*must not have a query/],
        [{ WECHAT_APPID: "wx 1" }, /WECHAT_APPID.*must not contain blanks/]
      ] as const) {
        const { code, stderr, stdout } = yield* wechat(["list", "--json"], { ...env, ...more })
        const { error } = Schema.decodeUnknownSync(Answers.error, { onExcessProperty: "error" })(JSON.parse(stdout))
        assert.deepStrictEqual([code, error.tag, error.category], [2, "InvalidOptions", "usage"])
        assert.match(stderr, pattern)
        assert.notInclude(stderr, "s3cret")
      }
    })
  )
})

describe("without a credential", () => {
  it.scopedLive("4: names the variable that is not set, and the other ways", () =>
    Effect.gen(function* () {
      for (const [env, pattern] of [
        [{}, /no mini program is named: WECHAT_APPID is not set → .*--profile.*--emulator/],
        [{ WECHAT_SECRET: "s3cret-s3cret" }, /no mini program is named/],
        [{ WECHAT_APPID: "wx1" }, /no app secret of wx1: WECHAT_SECRET is not set → .*Do not pass it as an argument/]
      ] as const) {
        const { code, stderr, stdout } = yield* wechat(["list"], env)
        assert.deepStrictEqual([code, stdout], [4, ""])
        assert.match(stderr, pattern)
        assert.notInclude(stderr, "s3cret")
      }
    })
  )

  it.scopedLive("2: an invalid base URL", () =>
    Effect.gen(function* () {
      const env = { WECHAT_APPID: "wx1", WECHAT_SECRET: "s3cret-s3cret", WECHAT_BASE_URL: "nonsense" }
      const { code, stderr } = yield* wechat(["list"], env)
      assert.strictEqual(code, 2)
      assert.match(stderr, /WECHAT_BASE_URL.*https:\/\//)
    })
  )

  it.scopedLive("2: an invalid config file, without its contents in the error", () =>
    Effect.gen(function* () {
      const file = `${yield* folder}/config.json`
      for (const [content, pattern] of [
        ['{"profiles": s3cret-s3cret', /is not JSON/],
        [{ profiles: { shop: { appid: "wx1", secrte: "s3cret-s3cret" } } }, /no key profiles\.shop\.secrte/],
        [{ defualt: "shop", profiles: { shop: { appid: "wx1", secret: "s3cret-s3cret" } } }, /no key defualt/],
        [{ profiles: { shop: { appid: 7, secret: "s3cret-s3cret" } } }, /profiles\.shop\.appid must be/]
      ] as const) {
        write(file, content)
        const { code, stderr, stdout } = yield* wechat(["list", "--profile", "shop"], { WECHAT_PLUGIN_CONFIG: file })
        assert.deepStrictEqual([code, stdout], [2, ""])
        assert.match(stderr, pattern)
        assert.notInclude(stderr, "s3cret")
      }
      const absent = yield* wechat(["list", "--profile", "shop"], { WECHAT_PLUGIN_CONFIG: `${file}.absent` })
      assert.strictEqual(absent.code, 2)
      assert.include(absent.stderr, "cannot be read")
    })
  )
})
