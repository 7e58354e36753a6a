/** A wizard: which mini program, where its secret comes from, and whether they work. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CliError } from "../program/failure/errors.js"
import type { Text } from "../program/language/language.js"
import * as Environment from "../program/miniProgram/environment.js"
import * as Settings from "../program/miniProgram/settings.js"
import type { Target } from "../program/miniProgram/target.js"
import { type NewProfile, writeProfile } from "../program/miniProgram/writeProfile.js"
import { Screen } from "../program/output/screen.js"
import { askText, choose } from "../program/question/ask.js"
import { askSecret } from "../program/question/askSecret.js"
import { confirm } from "../program/question/confirm.js"
import * as Doctor from "./doctor.js"

export type Options = Omit<Target, "emulator">

const withoutTerminal = new CliError({
  category: "usage",
  text: { zh: "login 需要在终端中回答问题", en: "login asks questions, which needs a terminal" },
  hint: {
    zh: "在脚本中请设置 WECHAT_APPID 与 WECHAT_SECRET，或写入 wechat-plugin config path 所示的文件。",
    en: "In a script, set WECHAT_APPID and WECHAT_SECRET, or write the file that wechat-plugin config path shows."
  }
})

const appidProblem = (text: string): Text | undefined =>
  /^wx[\w-]{1,62}$/.test(text)
    ? undefined
    : {
        zh: "应为 wx 开头的 appid，见微信公众平台的“开发设置”",
        en: "It begins with wx: see the development settings of WeChat's admin console"
      }

const nameProblem = (text: string): Text | undefined =>
  /^[^\s.-][^\s.]{0,63}$/.test(text)
    ? undefined
    : { zh: "不能含有空格或句点", en: "It must not contain blanks or dots" }

const commandProblem = (text: string): Text | undefined =>
  text === "" ? { zh: "不能为空", en: "It must not be empty" } : undefined

const sources = [
  [
    "command",
    { zh: "由一个命令输出（如密码管理器，推荐）", en: "a command prints it, such as a password manager (recommended)" }
  ],
  ["file", { zh: "写入配置文件，只有当前用户可读（0600）", en: "the config file, which only you can read (0600)" }],
  [
    "environment",
    { zh: "环境变量 WECHAT_SECRET，不写入文件", en: "WECHAT_SECRET of the environment; nothing is written" }
  ]
] as const

const askProfile = (source: "command" | "file", appid: string) =>
  Effect.gen(function* () {
    const secret: NewProfile["secret"] =
      source === "file"
        ? yield* askSecret(appid)
        : {
            command: yield* askText(
              { zh: "命令（如 pass show wechat/shop）", en: "Command (such as pass show wechat/shop)" },
              "",
              commandProblem
            )
          }
    return { appid, secret }
  })

/** Asks before a profile is replaced. */
const askName = (wanted: Option.Option<string>, known: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const question = { zh: "这个小程序的名称（--profile 用）", en: "A name for it, for --profile" }
    const name = Option.isSome(wanted) ? wanted.value : yield* askText(question, "main", nameProblem)
    if (known.includes(name)) {
      yield* confirm({ zh: `替换配置 ${name}？`, en: `Replace the profile ${name}?` }, false)
    }
    return name
  })

const doctor = (target: Partial<Target>) =>
  Doctor.run({ appid: Option.none(), profile: Option.none(), emulator: false, function: Option.none(), ...target })

export const run = ({ appid: given, profile: wanted }: Options) =>
  Effect.gen(function* () {
    const { isInteractive, note, say } = yield* Screen
    yield* isInteractive ? Effect.void : withoutTerminal
    // a file that is wrong or not trusted is not written to
    const { profiles } = yield* Settings.load
    const ofEnvironment = yield* Environment.appid
    const appid = yield* askText(
      { zh: "小程序的 appid", en: "Appid of the mini program" },
      Option.getOrElse(
        Option.orElse(given, () => ofEnvironment),
        () => ""
      ),
      appidProblem
    )
    const source = yield* choose({ zh: "AppSecret 从哪里来？", en: "Where does the app secret come from?" }, sources)
    if (source === "environment") {
      yield* note([
        say({
          zh: `在 shell 的配置中设置：export WECHAT_APPID=${appid}，以及 export WECHAT_SECRET=…`,
          en: `Set these in your shell's profile: export WECHAT_APPID=${appid} and export WECHAT_SECRET=…`
        }),
        ""
      ])
      return yield* doctor({ appid: Option.some(appid) })
    }
    const profile = yield* askProfile(source, appid)
    const name = yield* askName(wanted, Object.keys(profiles))
    const file = yield* writeProfile(name, profile)
    yield* note([say({ zh: `已写入 ${file}。`, en: `Written to ${file}.` }), ""])
    yield* doctor({ profile: Option.some(name) })
  })
