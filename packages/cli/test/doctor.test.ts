import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { mkdirSync } from "node:fs"
import { Answers } from "../src/program/schema/answers.js"
import { asMiniProgram, folder, name, runtime, wechat, write } from "./support.js"

const every = [
  "pluginManager.applyPlugin",
  "pluginManager.getPluginDevApplyList",
  "pluginManager.getPluginList",
  "pluginManager.setDevPluginApplyStatus",
  "pluginManager.unbindPlugin"
]

const diagnosis = (stdout: string) =>
  Schema.decodeUnknownSync(Answers.doctor, { onExcessProperty: "error" })(JSON.parse(stdout))

const outcomes = (stdout: string) => diagnosis(stdout).checks.map(({ check, outcome }) => `${check} ${outcome}`)

const first = ["configuration ok", "network ok", "credential ok", "ip-whitelist ok", "plugins ok"]

it.live("--report shows the shape of the replies, and none of their values", () =>
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const hostile = {
      appid: "wxs3cret",
      status: 2,
      nickname: "s3cret",
      headimgurl: "http://s3cret",
      wxs3cret: { s3cret: 1 },
      reason: null
    }
    yield* emulator.fault(
      Fault.body(
        JSON.stringify({ errcode: 0, errmsg: "s3cret", plugin_list: [hostile, hostile], "s3cret\u001b": "s3cret" })
      )
    )
    const asked = yield* asMiniProgram(["doctor", "--report"])
    assert.strictEqual(asked.code, 2)
    assert.match(asked.stderr, /5 read-only calls .*contains no value.* → Add --yes/)
    assert.deepStrictEqual(yield* emulator.journal, [])
    const { code, stderr, stdout } = yield* asMiniProgram(["doctor", "--report", "--yes"])
    assert.strictEqual(code, 0, stderr)
    assert.match(stdout, /^ {2}reply\.plugin_list\[\]\.nickname: string × 2$/m)
    assert.match(stdout, /^ {2}reply\.plugin_list\[\]\.reason: null × 2$/m)
    assert.match(stdout, /^ {2}reply\.plugin_list\[\]\.\(another field\): object × 2$/m)
    assert.match(stdout, /dev_apply_list, page 0:\n {2}errcode 47001/)
    assert.notMatch(stdout + stderr, /s3cret|wx0|http/)
  }).pipe(Effect.provide(Emulator.layer()))
)

describe(`doctor under ${name}`, () => {
  const examine = (...args: ReadonlyArray<string>) => asMiniProgram(["doctor", ...args], { runtime })

  it.live("passes every check with a working configuration", () =>
    Effect.gen(function* () {
      const { code, stderr, stdout } = yield* examine("--json")
      assert.deepStrictEqual([code, stderr], [0, ""])
      assert.isTrue(diagnosis(stdout).ok)
      assert.deepStrictEqual(outcomes(stdout), [...first, "quota ok", "quota ok"])
      const text = yield* examine("--lang", "zh")
      assert.match(
        text.stdout,
        /^✓ 配置：小程序：wx00000000000000a1；凭证来源：环境变量 WECHAT_SECRET；访问：微信（127\.0\.0\.1:\d+）\n✓ 网络：可以访问微信\n/
      )
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("shows the check that fails, how to fix it, and which checks were skipped", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      for (const [fault, exitCode, at, advice] of [
        [Fault.errcode(40164, { on: "token" }), 4, "ip-whitelist", /IP white list/],
        [Fault.errcode(40125, { on: "token" }), 4, "credential", /secret/],
        [Fault.reset({ on: "token" }), 5, "network", /network/i],
        [Fault.errcode(48001), 4, "plugins", /admin console/],
        [Fault.errcode(45009), 6, "quota", /clear_quota/]
      ] as const) {
        yield* emulator.fault(fault)
        const { code, stderr, stdout } = yield* examine("--json")
        assert.deepStrictEqual([code, stderr], [exitCode, ""])
        const { checks, ok } = diagnosis(stdout)
        assert.isFalse(ok)
        const failed = checks.filter(({ outcome }) => outcome === "failed")
        assert.deepStrictEqual(
          failed.map(({ check }) => check),
          [at]
        )
        assert.match(failed[0]!.advice!.en, advice)
        const reached = checks.indexOf(failed[0]!)
        assert.isTrue(checks.slice(0, reached).every(({ outcome }) => outcome === "ok"))
        assert.isTrue(checks.slice(reached + 1).every(({ outcome }) => outcome === "skipped"))
        assert.lengthOf(new Set(checks.map(({ check }) => check)), 6)
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("shows the IP address that must be allowed", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* examine()
      assert.strictEqual(code, 4)
      assert.match(stdout, /✗ ip-whitelist: .*invalid ip 127\.0\.0\.1.*\n {2}→ Add the outgoing IP/)
    }).pipe(
      Effect.provide(
        Emulator.layer({ world: World.make({ miniPrograms: [{ appid: "wx1", ipWhitelist: ["10.0.0.1"] }] }) })
      )
    )
  )

  it.live("warns when little of the daily quota is left, and fails when none is", () =>
    Effect.gen(function* () {
      const quota = Effect.map(examine("--json"), ({ code, stdout }) => [
        code,
        outcomes(stdout).find((line) => line.startsWith("quota"))
      ])
      yield* Effect.replicateEffect(asMiniProgram(["list"], { runtime }), 9)
      assert.deepStrictEqual(yield* quota, [0, "quota warning"])
      assert.deepStrictEqual(yield* quota, [6, "quota failed"])
    }).pipe(Effect.provide(Emulator.layer({ quotas: { "pluginManager.getPluginList": { perDay: 11 } } })))
  )

  it.live("skips a quota that cannot be queried", () =>
    Effect.gen(function* () {
      yield* (yield* Emulator.Emulator).fault(Fault.errcode(48001, { on: "getApiQuota" }))
      const { code, stdout } = yield* examine("--json")
      assert.strictEqual(code, 0)
      assert.deepStrictEqual(outcomes(stdout), [...first, "quota skipped", "quota ok"])
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.scopedLive("checks the permissions of a cloud function", () =>
    Effect.gen(function* () {
      const path = `${yield* folder}/getPluginList`
      mkdirSync(path)
      const permissions = (openapi: unknown) => {
        write(`${path}/config.json`, { permissions: { openapi } })
        return Effect.map(examine("--function", path, "--json"), ({ code, stdout }) => ({
          code,
          found: diagnosis(stdout).checks.find(({ check }) => check === "permissions")!
        }))
      }
      const absent = yield* examine("--function", `${path}/nowhere`, "--json")
      assert.deepStrictEqual([absent.code, outcomes(absent.stdout).at(-1)], [2, "permissions failed"])
      const all = yield* permissions(every)
      assert.deepStrictEqual([all.code, all.found.outcome], [0, "ok"])
      const one = yield* permissions(["pluginManager.getPluginList", "security.msgSecCheck"])
      assert.deepStrictEqual([one.code, one.found.outcome], [0, "warning"])
      assert.include(one.found.text.en, "pluginManager.applyPlugin")
      assert.notInclude(one.found.text.en, "getPluginList,")
      assert.include(one.found.advice!.zh, "-604101")
      const none = yield* permissions([])
      assert.deepStrictEqual([none.code, none.found.outcome], [2, "failed"])
      const typo = yield* permissions(["pluginManager.getPluginsList"])
      assert.deepStrictEqual([typo.code, typo.found.outcome], [2, "failed"])
      assert.include(typo.found.text.en, "pluginManager.getPluginsList")
      const wrong = yield* permissions("pluginManager.getPluginList")
      assert.deepStrictEqual([wrong.code, wrong.found.outcome], [2, "failed"])
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("fails without a configuration, and skips the other checks", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* wechat(["doctor", "--json"], {}, runtime)
      assert.strictEqual(code, 4)
      assert.deepStrictEqual(outcomes(stdout)[0], "configuration failed")
      assert.isTrue(
        outcomes(stdout)
          .slice(1)
          .every((line) => line.endsWith("skipped"))
      )
    })
  )
})
