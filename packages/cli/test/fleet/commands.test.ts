import { Emulator, Fault } from "@effect-wechat/emulator"
import { run } from "@effect-wechat/test-support/process"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { cpSync, existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { FleetAnswers } from "../../src/program/schema/fleetAnswers.js"
import { bin, folder, name, nobody, runtime, write } from "../support.js"
import { appIdOf, installed, user, worldOf } from "./support.js"

const lines = (text: string) => text.trimEnd().split("\n")

const summary = (stdout: string) =>
  Schema.decodeUnknownSync(FleetAnswers.fleetSummary, { onExcessProperty: "error" })(JSON.parse(lines(stdout).at(-1)!))

describe(`fleet under ${name}`, () => {
  it.scopedLive("sweeps, shows, compares and exports, and changes only what was confirmed", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { apps, fleet, home } = yield* user(yield* installed, 30)
      const first = yield* fleet("sweep", "--apps", apps)
      assert.strictEqual(first.code, 0, first.stderr)
      assert.match(first.stdout, /^Sweep 1 \(.*\): list of the plugins, done\n30 mini programs: 30 listed\n/)
      assert.match(first.stdout, /^wxmap +approved +30 +地图$/m)

      const refused = yield* fleet("apply", "wxpay", "--apps", apps)
      assert.deepStrictEqual([refused.code, refused.stdout], [2, ""])
      assert.match(refused.stderr, /confirmation required: Apply for wxpay for 30 mini programs\? → Add --yes\./)
      const dry = yield* fleet("apply", "wxpay", "--apps", apps, "--dry-run", "--json")
      assert.deepInclude(summary(dry.stdout), { kind: "apply", plugin: "wxpay", dryRun: true, state: "done" })
      assert.deepStrictEqual(summary(dry.stdout).outcomes, [{ outcome: "wouldChange", apps: 30 }])
      assert.lengthOf((yield* emulator.world).applications, 30)
      const applied = yield* fleet("apply", "wxpay", "--apps", apps, "--yes", "--reason", "收款", "--lang", "zh")
      assert.match(applied.stdout, /：申请 wxpay，已完成\n30 个小程序：30 已更改\n/)
      const { applications } = yield* emulator.world
      assert.lengthOf(applications, 60)
      assert.strictEqual(applications.at(-1)?.reason, "收款")

      yield* fleet("sweep", "--apps", apps)
      const diff = yield* fleet("diff")
      assert.strictEqual(lines(diff.stdout)[0], `+ ${appIdOf(0)}  wxpay 支付: applying`)
      assert.lengthOf(lines(diff.stdout), 30)
      assert.strictEqual(diff.stderr, "30 differences from sweep 1 to 4\n")
      const json = yield* fleet("diff", "1", "4", "--json")
      assert.deepStrictEqual<unknown>(
        Schema.decodeUnknownSync(FleetAnswers.fleetDifference)(JSON.parse(lines(json.stdout)[0]!)),
        { appId: appIdOf(0), pluginAppid: "wxpay", nickname: "支付", after: "applying" }
      )

      const list = yield* fleet("status", "--json")
      assert.deepStrictEqual(
        Schema.decodeUnknownSync(FleetAnswers.fleetStatus)(JSON.parse(list.stdout)).map(({ done, sweep }) => [
          sweep,
          done
        ]),
        [4, 3, 2, 1].map((sweep) => [sweep, 30])
      )
      const one = yield* fleet("status", "3")
      assert.match(one.stdout, /^Sweep 3 .*: apply for wxpay, done$/m)

      const csv = yield* fleet("export", "--format", "csv")
      assert.lengthOf(lines(csv.stdout), 61)
      const file = join(home, "out.jsonl")
      const written = yield* fleet("export", "1", "--output", file, "--json")
      assert.deepStrictEqual(JSON.parse(written.stdout), { sweep: 1, file })
      assert.lengthOf(lines(readFileSync(file, "utf8")), 30)
      assert.deepStrictEqual(lines((yield* fleet("export", "1")).stdout), lines(readFileSync(file, "utf8")))
      assert.isTrue(existsSync(join(home, "wechat-plugin/fleet.db")))
      const page = join(home, "report.html")
      const reported = yield* fleet("report", "--lang", "zh", "--output", page)
      assert.strictEqual(reported.stdout, `巡检 4 的报告已写入 ${page}。\n`)
      assert.match(readFileSync(page, "utf8"), /^<!doctype html>\n<html lang="zh-CN">/)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(30) })))
  )

  it.scopedLive("the result of a mini program may be an error, and the exit code tells if all of them are", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { apps, fleet, home } = yield* user(yield* installed, 3)
      const more = join(home, "more.txt")
      write(more, `\ufeff${readFileSync(apps, "utf8")}wx-stranger # has no secret\r\n\r\n`)
      const some = yield* fleet("sweep", "--apps", more, "--json")
      assert.strictEqual(some.code, 0, some.stderr)
      assert.deepStrictEqual(summary(some.stdout).failures, [
        { category: "credential", tag: "WechatTransportError", apps: 1 }
      ])
      yield* emulator.fault(Fault.errcode(40164, { on: "token", times: Infinity }))
      const all = yield* fleet("sweep", "--apps", more)
      assert.strictEqual(all.code, 4, all.stderr)
      assert.match(all.stdout, /^IpNotAllowed +permission +3$/m)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(3) })))
  )

  it.scopedLive("says what is wrong with its arguments, and what to do", () =>
    Effect.gen(function* () {
      const { fleet, home } = yield* user(yield* installed, 1)
      const apps = join(home, "bad.txt")
      write(apps, "wx1\n# fine\n\nnot-an-appid\u001b[31m\n")
      const empty = join(home, "empty.txt")
      write(empty, "# nobody\n")
      for (const [args, pattern] of [
        [
          ["sweep", "--apps", apps],
          /line 4 of .*bad\.txt is no appid: not-an-appid \[31m → Write one appid on each line/
        ],
        [["sweep", "--apps", empty], /there is no appid in .*empty\.txt/],
        [["sweep", "--apps", "-"], /there is no appid in stdin/],
        [["sweep", "--apps", join(home, "none")], /none cannot be read → Check the file of --apps/],
        [["sweep"], /no mini programs are named → Name a file of appids with --apps/],
        [["sweep", "--apps-count", "3"], /--apps-count is for --emulator only/],
        [["sweep", "--apps", apps, "--rate", "0"], /--rate must be a positive integer/],
        [["sweep", "--emulator", "--database", home], /Check --database/],
        [["status"], /there is no database .*fleet\.db → Run wechat-plugin fleet sweep first/],
        [["nothing"], /fleet has no command nothing → Its commands are sweep, /]
      ] as const) {
        const { code, stderr, stdout } = yield* fleet(...args)
        assert.deepStrictEqual([code, stdout], [2, ""], `${args.join(" ")}: ${stderr}`)
        assert.match(stderr, pattern)
        assert.lengthOf(lines(stderr), 1)
      }
      const other = yield* fleet("sweep", "--emulator", "--apps-count", "2", "--name", "2026-11-25")
      assert.strictEqual(other.code, 0, other.stderr)
      const again = yield* fleet("sweep", "--emulator", "--apps-count", "2", "--name", "2026-11-25", "--json")
      assert.deepInclude(summary(again.stdout), { sweep: 1, name: "2026-11-25" })
      for (const [args, pattern] of [
        [["status", "7"], /There is no sweep 7\. → See wechat-plugin fleet status --emulator/],
        [["pause", "1"], /Sweep 1 is done\./],
        [["pause"], /every sweep has ended/],
        [["diff"], /fewer than two lists are done/],
        [["export", "--output", home], /cannot be written → Choose another file with --output/]
      ] as const) {
        const { code, stderr } = yield* fleet(...args, "--emulator")
        assert.strictEqual(code, 2, stderr)
        assert.match(stderr, pattern)
      }
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(1) })))
  )

  it.scopedLive("updates as a third-party platform in the embedded emulator", () =>
    Effect.gen(function* () {
      const { fleet } = yield* user(yield* installed, 1)
      const updated = yield* fleet("update", "wx00000000000000b1", "1.1.0", "--emulator", "--apps-count", "7", "--yes")
      assert.strictEqual(updated.code, 0, updated.stderr)
      assert.match(updated.stdout, /: update wx00000000000000b1, done\n7 mini programs: [2-7] changed/)
      const removed = yield* fleet("unbind", "wx00000000000000b1", "--emulator", "--apps-count", "7", "--dry-run")
      assert.match(removed.stdout, /unbind wx00000000000000b1 \(dry run\), done\n7 mini programs: 7 would change/)
    }).pipe(Effect.provide(Emulator.layer({ world: worldOf(1) })))
  )

  it.scopedLive("says in one line how to install what it needs", () =>
    Effect.gen(function* () {
      const place = yield* folder
      cpSync(dirname(bin), join(place, "command"), { recursive: true })
      const { code, stderr } = yield* Effect.promise(() =>
        run(runtime, [join(place, "command/bin.js"), "fleet", "sweep", "--emulator"], { env: nobody, cwd: place })
      )
      assert.strictEqual(code, 2)
      assert.strictEqual(
        stderr,
        "error: @effect-wechat/fleet is not installed → Run npm install @effect-wechat/fleet where wechat-plugin is installed (with -g if it is global).\n"
      )
    })
  )
})
