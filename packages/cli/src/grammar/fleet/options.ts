/** Options of several commands of `fleet`. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import * as Option from "effect/Option"
import type { Say, Text } from "../../program/language/language.js"
import { output, yes } from "../options.js"

/** A positive integer. */
const count = (say: Say, name: string, description: Text, most = Number.MAX_SAFE_INTEGER) =>
  Options.integer(name).pipe(
    Options.withDescription(say(description)),
    Options.filterMap(
      (value) => (value > 0 && value <= most ? Option.some(value) : Option.none()),
      say({ zh: `--${name} 应为正整数`, en: `--${name} must be a positive integer` }) +
        (most === Number.MAX_SAFE_INTEGER ? "" : say({ zh: `，且不超过 ${most}`, en: `, at most ${most}` }))
    )
  )

/** What every command of `fleet` has. */
export const database = (say: Say) => ({
  database: Options.text("database").pipe(
    Options.withDescription(
      say({
        zh: "数据库文件，默认为 ~/.local/share/wechat-plugin/fleet.db",
        en: "the file of the database, instead of ~/.local/share/wechat-plugin/fleet.db"
      })
    ),
    Options.optional
  ),
  emulator: Options.boolean("emulator").pipe(
    Options.withDescription(
      say({
        zh: "访问内置模拟器，而不是微信；默认数据库为 fleet-emulator.db",
        en: "use the embedded emulator instead of WeChat, and fleet-emulator.db instead of fleet.db"
      })
    )
  ),
  ...output(say)
})

/** What a command that calls WeChat has. */
export const runner = (say: Say) => ({
  rate: count(say, "rate", {
    zh: "每秒最多调用微信的次数（全部小程序合计），默认不限",
    en: "at most so many calls a second, for all mini programs together; no limit by default"
  }).pipe(Options.optional),
  ...database(say)
})

/** What a command that starts a sweep has. */
export const start = (say: Say) => ({
  apps: Options.text("apps").pipe(
    Options.withDescription(
      say({
        zh: "小程序 appid 的文件，每行一个，# 之后为注释；- 表示标准输入",
        en: "a file with the appids, one on each line; # begins a comment, and - means stdin"
      })
    ),
    Options.optional
  ),
  appsCount: count(
    say,
    "apps-count",
    { zh: "--emulator 的小程序个数，默认 300", en: "how many mini programs --emulator has; 300 by default" },
    100_000
  ).pipe(Options.optional),
  name: Options.text("name").pipe(
    Options.withDescription(
      say({
        zh: "巡检的名称，默认为当前时间；已有的名称表示继续那次巡检",
        en: "the name of the sweep, by default the time; that of an earlier sweep goes on with it"
      })
    ),
    Options.optional
  ),
  ...runner(say)
})

export const change = (say: Say) => ({
  dryRun: Options.boolean("dry-run").pipe(
    Options.withDescription(say({ zh: "只查询会改变什么，不做更改", en: "only find out what would change" }))
  ),
  ...yes(say),
  ...start(say)
})

export const sweepId = (say: Say, name = "sweep", description?: Text) =>
  Args.integer({ name }).pipe(
    Args.withDescription(
      say(description ?? { zh: "巡检的编号，默认为最近一次", en: "the number of the sweep; the newest by default" })
    ),
    Args.optional
  )

export const outputFile = (say: Say, description: Text) =>
  Options.text("output").pipe(Options.withDescription(say(description)), Options.optional)
