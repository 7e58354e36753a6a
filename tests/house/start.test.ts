import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { run } from "@effect-wechat/test-support/process"

const start = (args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  Effect.promise(() => run("npm", ["start", "--silent", "--", ...args], { env }))

describe("npm start", () => {
  it.live("lists the emulator's plugins as a table and says so", () =>
    Effect.gen(function* () {
      const { code, stderr, stdout } = yield* start([])
      assert.deepStrictEqual([code, stderr], [0, ""])
      const lines = stdout.trimEnd().split("\n")
      assert.match(lines[0]!, /^appid +status +nickname +avatar$/)
      assert.match(lines[1]!, /^aaaa +applying +插件昵称 +http:\/\/plugin\.qq\.com$/)
      for (const status of ["applying", "approved", "refused", "timed out"]) {
        assert.include(stdout, status)
      }
      // a Chinese character takes two columns: in columns, every avatar begins at the same place
      const columns = (text: string) => [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0)
      const offsets = lines.slice(1, -2).map((line) => columns(line.slice(0, line.indexOf("http"))))
      assert.lengthOf(new Set(offsets), 1, stdout)
      assert.match(lines.at(-1)!, /^4 plugins of wx\w+, from the embedded emulator \(127\.0\.0\.1:\d+/)
    })
  )

  it.live("speaks Chinese where the locale does", () =>
    Effect.gen(function* () {
      const { stdout } = yield* start([], { LANG: "zh_CN.UTF-8" })
      assert.match(stdout, /^appid +状态 +昵称 +头像\naaaa +申请中/)
    })
  )

  it.live("--json prints a JSON array of plugins and nothing else on stdout", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* start(["--json"])
      assert.strictEqual(code, 0)
      const plugins = JSON.parse(stdout) as ReadonlyArray<object>
      assert.lengthOf(plugins, 4)
      for (const plugin of plugins) {
        assert.deepStrictEqual(Object.keys(plugin), ["appid", "status", "nickname", "headimgurl"])
      }
      assert.deepStrictEqual(plugins[0], {
        appid: "aaaa",
        status: "applying",
        nickname: "插件昵称",
        headimgurl: "http://plugin.qq.com"
      })
    })
  )

  it.live("asks WeChat when there are credentials, and lets no nickname touch the terminal", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.setPlugins([
        { appid: "wx1", status: 2, nickname: "\u001b[31mred\u0007\n", headimgurl: "http://h" }
      ])
      const { code, stderr, stdout } = yield* start([], environmentOf(emulator))
      assert.deepStrictEqual([code, stderr], [0, ""])
      assert.notMatch(stdout, /[^\n\P{Cc}]/u)
      assert.include(stdout, `1 plugin of ${emulator.appId}, from WeChat (${emulator.url.host})`)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("says in one line what happened and what to do, and ends with the exit code of that", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const env = environmentOf(emulator)
      const { WECHAT_SECRET: _, ...withoutSecret } = env
      yield* emulator.fault(Fault.errcode(40164, { on: "token" }))
      for (const [expected, args, environment, pattern] of [
        [4, [], env, /IP white list.*40164/],
        [4, [], { ...env, WECHAT_SECRET: "wrong" }, /40125|40001/],
        [5, [], { ...env, WECHAT_BASE_URL: "http://127.0.0.1:9" }, /Check network.*connection/],
        [2, [], { ...env, WECHAT_BASE_URL: "nonsense" }, /WECHAT_BASE_URL/],
        [4, [], withoutSecret, /no app secret.*WECHAT_SECRET/],
        [2, ["--yaml"], env, /--yaml.*--help/]
      ] as const) {
        const { code, stderr, stdout } = yield* start(args, environment)
        assert.strictEqual(code, expected, stderr)
        assert.strictEqual(stdout, "")
        assert.match(stderr, pattern)
        assert.lengthOf(stderr.trimEnd().split("\n"), 1, stderr)
        assert.notInclude(stderr, env.WECHAT_SECRET)
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )
})

it.live("npm start runs any other command as well", () =>
  Effect.gen(function* () {
    const { code, stdout } = yield* start(["errors", "40164"])
    assert.strictEqual(code, 0)
    assert.match(stdout, /^40164 {2}IpNotAllowed/)
  })
)

it.scopedLive("npm start has the package for fleet beside the command", () =>
  Effect.gen(function* () {
    const home = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "effect-wechat-start-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
    )
    const env = { XDG_DATA_HOME: home }
    const { code, stderr, stdout } = yield* start(["fleet", "sweep", "--emulator", "--apps-count", "20"], env)
    assert.strictEqual(code, 0, stderr)
    assert.match(stdout, /^20 mini programs: 20 listed$/m)
  })
)

const environmentOf = ({ appId, appSecret, url }: Emulator.Emulator.Service) => ({
  WECHAT_APPID: appId,
  WECHAT_SECRET: Redacted.value(appSecret),
  WECHAT_BASE_URL: url.href
})
