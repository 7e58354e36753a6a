/** The options that several commands have. */
import * as Args from "@effect/cli/Args"
import * as Options from "@effect/cli/Options"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import type { Say } from "../program/language.js"

/** How the answer looks; `Invocation.read` has read them before the parser does. */
export const output = (say: Say) => ({
  json: Options.boolean("json").pipe(
    Options.withDescription(say({ zh: "标准输出只有 JSON", en: "nothing but JSON on stdout" }))
  ),
  verbose: Options.boolean("verbose").pipe(
    Options.withDescription(say({ zh: "出错时显示全部细节", en: "all details of an error" }))
  ),
  lang: Options.choice("lang", ["zh", "en"]).pipe(
    Options.withDescription(say({ zh: "语言，默认随系统", en: "the language, by default the locale's" })),
    Options.optional
  )
})

/** Which mini program is meant. */
export const target = (say: Say) => ({
  appid: Options.text("appid").pipe(
    Options.withDescription(say({ zh: "小程序，代替 WECHAT_APPID", en: "the mini program, in place of WECHAT_APPID" })),
    Options.optional
  ),
  profile: Options.text("profile").pipe(
    Options.withDescription(say({ zh: "配置文件中的小程序", en: "a mini program of the config file" })),
    Options.optional
  ),
  emulator: Options.boolean("emulator").pipe(
    Options.withDescription(
      say({ zh: "访问内置模拟器，而不是微信", en: "ask an emulator of this command's own, not WeChat" })
    )
  ),
  ...output(say)
})

export const yes = (say: Say) => ({
  yes: Options.boolean("yes").pipe(
    Options.withAlias("y"),
    Options.withDescription(say({ zh: "不再询问", en: "do not ask" }))
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
        en: `--${name} has to be a time such as 30s, 10m or 2h${least > 0 ? `, ${least / 1000}s at least` : ""}`
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
