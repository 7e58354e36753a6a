import { PluginManagerError } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { sentenceOf } from "../src/program/failure/sentences.js"
import { similar } from "../src/program/language/suggest.js"
import { folder, name, runtime, wechat, write } from "./support.js"

/** What the command says to wrong arguments, in English and Chinese. */
const rows: ReadonlyArray<readonly [args: string, en: RegExp, zh: RegExp]> = [
  ["lst", /no command lst → Did you mean list\?/, /没有命令 lst → 是否想用 list？/],
  ["frobnicate", /no command frobnicate → The commands are list, .* and mcp\./, /可用的命令：list、.*、mcp。/],
  ["fleet sweeep", /fleet has no command sweeep → Did you mean sweep\?/, /fleet 没有命令 sweeep → 是否想用 sweep？/],
  [
    "list --proflie shop",
    /no option --proflie → Did you mean --profile\?/,
    /没有选项 --proflie → 是否想用 --profile？/
  ],
  [
    "list --xyz=secret",
    /no option --xyz → See wechat-plugin list --help\.$/m,
    /没有选项 --xyz → 用 wechat-plugin list --help/
  ],
  ["--wizard", /no option --wizard/, /没有选项 --wizard/],
  ["--emulator", /--emulator needs a command/, /--emulator 之外还需要一个命令/],
  ["list --profile", /--profile needs a value → Write it as --profile <text>\./, /--profile 缺少值/],
  ["list --profile --json", /--profile needs a value/, /--profile 缺少值/],
  ["list --lang fr", /--lang cannot be fr → It is zh or en\./, /--lang 不能是 fr → 可用的值：zh、en。/],
  ["--completions ksh", /--completions cannot be ksh → It is bash, zsh or fish\./, /可用的值：bash、zsh、fish。/],
  ["--completions", /--completions needs a value → It is bash/, /--completions 缺少值/],
  ["applications --num=x", /--num cannot be x → It is a whole number\./, /--num 不能是 x → 它是一个整数。/],
  ["applications --status foo", /--status cannot be foo → It is applying, approved/, /可用的值：applying、approved/]
]

describe(`wrong arguments under ${name}`, () => {
  for (const [args, en, zh] of rows) {
    it.live(args, () =>
      Effect.gen(function* () {
        for (const [LANG, pattern] of [
          ["en_US.UTF-8", en],
          ["zh_CN.UTF-8", zh]
        ] as const) {
          const { code, stderr } = yield* wechat(args.split(" "), { LANG }, runtime)
          assert.strictEqual(code, 2)
          assert.match(stderr, pattern)
          assert.notInclude(stderr, "secret")
        }
      })
    )
  }

  it.live("a value may look like an option of no command", () =>
    Effect.gen(function* () {
      const { stderr } = yield* wechat(["apply", "wx1", "--reason", "--please", "--emulator"], {}, runtime)
      assert.match(stderr, /no such plugin/)
    })
  )
})

describe("settings that are wrong", () => {
  it.live("WECHAT_BASE_URL names itself, and does not repeat its value", () =>
    Effect.gen(function* () {
      for (const url of ["nonsense", "ftp://host", "user:s3cret@host"]) {
        const env = { WECHAT_APPID: "wx1", WECHAT_SECRET: "s3cret", WECHAT_BASE_URL: url }
        const { code, stderr } = yield* wechat(["list"], env)
        assert.strictEqual(code, 2)
        assert.match(stderr, /^error: WECHAT_BASE_URL is no http or https URL → It is like https:/)
        assert.notInclude(stderr, url)
      }
    })
  )

  it.scopedLive("a key or a value of the config file is named, with what is allowed", () =>
    Effect.gen(function* () {
      const file = `${yield* folder}/config.json`
      const shop = { appid: "wx1", secret: "s3cret" }
      for (const [settings, pattern] of [
        [
          { defualt: "shop", profiles: {} },
          /no key defualt → Did you mean default\? The keys here are default and profiles\./
        ],
        [
          { profiles: { shop: { ...shop, url: "s3cret" } } },
          /no key profiles\.shop\.url → The keys here are appid, baseUrl, secret and accessToken\./
        ],
        [{ profiles: { shop: { appid: "wx1" } } }, /profiles\.shop has neither a secret nor an accessToken/],
        [{ profiles: { shop: { ...shop, accessToken: "s3cret" } } }, /profiles\.shop has both/],
        [{ profiles: { shop: { ...shop, secret: { comand: "s3cret" } } } }, /no key profiles\.shop\.secret\.comand/],
        [
          { profiles: { "my.shop": { ...shop, baseUrl: "s3cret" } } },
          /: profiles\.my\.shop\.baseUrl must be a URL, such as/
        ],
        [{ profiles: { shop: { appid: "wx1", secret: 7 } } }, /: profiles\.shop\.secret must be text or \{ "command"/],
        [[], /\/ must be a JSON object/],
        [{ default: "shp", profiles: { shop } }, /no profile shp → Did you mean shop\?/]
      ] as const) {
        write(file, settings)
        const { code, stderr } = yield* wechat(["list"], { WECHAT_PLUGIN_CONFIG: file })
        assert.strictEqual(code, 2)
        assert.match(stderr, pattern)
        assert.notInclude(stderr, "s3cret")
      }
    })
  )
})

it("a similar name is a few letters away, or begins with what was typed", () => {
  assert.deepStrictEqual(similar("lsit", ["list", "wait"]), ["list"])
  assert.deepStrictEqual(similar("app", ["apply", "applications", "agree"]), ["apply", "applications"])
  assert.deepStrictEqual(similar("x".repeat(100_000), ["list"]), [])
})

it("every errcode that the command explains says what happened, in its hint or before it", () => {
  const silent = Object.values<unknown>(PluginManagerError).filter(
    (value): value is { readonly _tag: string; readonly hint: { readonly zh: string; readonly en: string } } =>
      typeof value === "function" && "codes" in value && "hint" in value && typeof value.hint === "object"
  )
  assert.isAbove(silent.length, 25)
  for (const { _tag, hint } of silent) {
    const isTold = sentenceOf({ _tag }) !== undefined || (/：/.test(hint.zh) && /: /.test(hint.en))
    assert.isTrue(isTold, `${_tag}: ${hint.zh}`)
  }
})
