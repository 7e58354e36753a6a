/** Options of several commands. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import type { Say } from "../program/language/language.js"

/** The options of the output. `Invocation.read` reads them before the parser does. */
export const output = (say: Say) => ({
  json: Options.boolean("json").pipe(
    Options.withDescription(say({ zh: "标准输出只含 JSON", en: "print only JSON on stdout" }))
  ),
  verbose: Options.boolean("verbose").pipe(
    Options.withDescription(say({ zh: "出错时显示全部细节", en: "show all details of an error" }))
  ),
  lang: Options.choice("lang", ["zh", "en"]).pipe(
    Options.withDescription(say({ zh: "语言，默认跟随系统", en: "the language; by default that of the locale" })),
    Options.optional
  )
})

/** The options that choose a mini program. */
export const target = (say: Say) => ({
  appid: Options.text("appid").pipe(
    Options.withDescription(
      say({ zh: "小程序的 appid，代替 WECHAT_APPID", en: "the appid of the mini program, instead of WECHAT_APPID" })
    ),
    Options.optional
  ),
  profile: Options.text("profile").pipe(
    Options.withDescription(say({ zh: "配置文件中的小程序", en: "a mini program in the config file" })),
    Options.optional
  ),
  emulator: Options.boolean("emulator").pipe(
    Options.withDescription(
      say({ zh: "访问内置模拟器，而不是微信", en: "use the embedded emulator instead of WeChat" })
    )
  ),
  ...output(say)
})

export const yes = (say: Say) => ({
  yes: Options.boolean("yes").pipe(
    Options.withAlias("y"),
    Options.withDescription(say({ zh: "不再询问", en: "do not ask for confirmation" }))
  )
})

const units = { ms: "millis", s: "seconds", m: "minutes", h: "hours", d: "days" } as const

const toDuration = (text: string): Option.Option<Duration.Duration> => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? []
  const millis = unit === undefined ? 0 : Duration.toMillis(`${Number(number)} ${units[unit as keyof typeof units]}`)
  return millis > 0 ? Option.some(Duration.millis(millis)) : Option.none()
}

export const duration = (say: Say, name: string, least = 0) =>
  Options.text(name).pipe(
    Options.withPseudoName("30s | 10m | 2h"),
    Options.filterMap(
      (text) => Option.filter(toDuration(text), (duration) => Duration.toMillis(duration) >= least),
      say({
        zh: `--${name} 应为 30s、10m、2h 这样的时长${least > 0 ? `，且不少于 ${least / 1000}s` : ""}`,
        en: `--${name} must be a duration such as 30s, 10m or 2h${least > 0 ? `, at least ${least / 1000}s` : ""}`
      })
    )
  )

export const pluginAppid = (say: Say) =>
  Args.text({ name: "plugin-appid" }).pipe(
    Args.withDescription(say({ zh: "插件的 appid", en: "the appid of the plugin" }))
  )

export const applicant = (say: Say) =>
  Args.text({ name: "applicant" }).pipe(
    Args.withDescription(say({ zh: "申请方小程序的 appid", en: "the appid of the mini program that applied" }))
  )
