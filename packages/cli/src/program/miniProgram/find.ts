import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CliError } from "../failure/errors.js"
import type { Text } from "../language/language.js"
import { didYouMean } from "../language/suggest.js"
import { Screen } from "../output/screen.js"
import { askSecret } from "../question/askSecret.js"
import { readSecret } from "./command.js"
import * as Environment from "./environment.js"
import * as Settings from "./settings.js"
import type { Found, Target } from "./target.js"

const usage = (text: Text, hint: Text) => new CliError({ category: "usage", text, hint })

const fromProfile = Effect.fnUntraced(function* (name: string, profile: Settings.Profile) {
  const { appid, baseUrl = yield* Environment.baseUrl } = profile
  const source = { zh: `配置 ${name}`, en: `profile ${name}` }
  const credential =
    "secret" in profile
      ? { appSecret: yield* readSecret(name, "secret", profile.secret) }
      : { accessToken: yield* readSecret(name, "accessToken", profile.accessToken) }
  return { appid, baseUrl, source, credential } satisfies Found
})

const noProfiles = Effect.map(
  Settings.path,
  Option.match({
    onNone: () => Settings.withoutFolder.hint,
    onSome: (file) => ({
      zh: `执行 wechat-plugin login 添加，或写入 ${file}。`,
      en: `Add it with wechat-plugin login, or to ${file}.`
    })
  })
)

/** The mini program of a profile in the config file. */
export const findProfile = Effect.fnUntraced(function* (name: string) {
  const { profiles } = yield* Settings.load
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile === undefined) {
    const names = Object.keys(profiles)
    const all = { zh: `可用的配置：${names.join("、")}。`, en: `The profiles are: ${names.join(", ")}.` }
    const hint = names.length === 0 ? yield* noProfiles : didYouMean(name, names, all)
    return yield* usage({ zh: `没有名为 ${name} 的配置`, en: `there is no profile ${name}` }, hint)
  }
  return yield* fromProfile(name, profile)
})

const withoutAppid = new CliError({
  category: "credential",
  text: { zh: "没有指定小程序：未设置 WECHAT_APPID", en: "no mini program is named: WECHAT_APPID is not set" },
  hint: {
    zh: "执行 wechat-plugin login，或设置 WECHAT_APPID 与 WECHAT_SECRET，或使用 --profile，或用 --emulator 试用。",
    en: "Run wechat-plugin login, set WECHAT_APPID and WECHAT_SECRET, use --profile, or try --emulator."
  }
})

const withoutSecret = (appid: string, ofEnvironment: Option.Option<string>) => {
  const reason = Option.match(
    Option.filter(ofEnvironment, (other) => other !== appid),
    {
      onNone: () => ({ zh: "未设置 WECHAT_SECRET", en: "WECHAT_SECRET is not set" }),
      onSome: (other) => ({ zh: `WECHAT_SECRET 属于 ${other}`, en: `WECHAT_SECRET belongs to ${other}` })
    }
  )
  return new CliError({
    category: "credential",
    text: { zh: `没有 ${appid} 的 AppSecret：${reason.zh}`, en: `there is no app secret of ${appid}: ${reason.en}` },
    hint: {
      zh: "设置 WECHAT_SECRET，或在终端中输入，或写入配置文件。不要把它作为参数。",
      en: "Set WECHAT_SECRET, type it on a terminal, or add it to the config file. Do not pass it as an argument."
    }
  })
}

/** The mini program of the environment, of the config file, or one whose secret the user types. */
export const find = Effect.fnUntraced(function* (target: Target) {
  const ofEnvironment = yield* Environment.appid
  const baseUrl = yield* Environment.baseUrl
  const appid = Option.orElse(target.appid, () => ofEnvironment)
  const where = { appid: Option.getOrUndefined(appid), baseUrl }
  // the secret and the token of the environment belong to the appid of the environment
  const isOther = Option.isSome(appid) && Option.exists(ofEnvironment, (other) => other !== appid.value)
  const accessToken = isOther ? Option.none() : yield* Environment.accessToken
  if (Option.isSome(accessToken)) {
    const source = { zh: "环境变量 WECHAT_ACCESS_TOKEN", en: "WECHAT_ACCESS_TOKEN" }
    return { ...where, source, credential: { accessToken: accessToken.value } } satisfies Found
  }
  const appSecret = isOther ? Option.none() : yield* Environment.appSecret
  if (Option.isNone(appid)) {
    const { default: name } = yield* Settings.load
    return name === undefined || Option.isSome(appSecret) ? yield* withoutAppid : yield* findProfile(name)
  }
  if (Option.isSome(appSecret)) {
    const source = { zh: "环境变量 WECHAT_SECRET", en: "WECHAT_SECRET" }
    return { ...where, source, credential: { appSecret: appSecret.value } } satisfies Found
  }
  const { profiles } = yield* Settings.load
  const profile = Object.entries(profiles).find(([, profile]) => profile.appid === appid.value)
  if (profile !== undefined) {
    return yield* fromProfile(...profile)
  }
  const { isInteractive } = yield* Screen
  if (!isInteractive) {
    return yield* withoutSecret(appid.value, ofEnvironment)
  }
  const source = { zh: "在终端中输入", en: "typed on the terminal" }
  return { ...where, source, credential: { appSecret: yield* askSecret(appid.value) } } satisfies Found
})
