/** The contents of the help and of the reference in the docs, from the definitions of the commands. */
import * as CliConfig from "@effect/cli/CliConfig"
import * as CommandDescriptor from "@effect/cli/CommandDescriptor"
import type * as Command from "@effect/cli/Command"
import type * as HelpDoc from "@effect/cli/HelpDoc"
import type * as Span from "@effect/cli/HelpDoc/Span"
import type { Language, Say, Text } from "../program/language/language.js"
import { about, definitions, name } from "./commands.js"

type Row = readonly [term: string, text: string]

/** The contents of a help page. */
export interface Help {
  readonly usage: string
  readonly summary: string
  readonly sections: ReadonlyArray<{ readonly title: Text; readonly rows: ReadonlyArray<Row> }>
  readonly examples: ReadonlyArray<string>
}

const textOf = (span: Span.Span): string => {
  switch (span._tag) {
    case "Sequence":
      return textOf(span.left) + textOf(span.right)
    case "Text":
    case "URI":
      return span.value
    default:
      return textOf(span.value)
  }
}

const paragraphs = (doc: HelpDoc.HelpDoc): ReadonlyArray<string> => {
  switch (doc._tag) {
    case "Paragraph":
      return [textOf(doc.value)]
    case "Sequence":
      return [...paragraphs(doc.left), ...paragraphs(doc.right)]
    default:
      return []
  }
}

/** The first paragraph of an option is its type, which its name shows too. The last says that it is optional. */
const rowsUnder = (doc: HelpDoc.HelpDoc): ReadonlyArray<Row> => {
  switch (doc._tag) {
    case "DescriptionList":
      return doc.definitions.map(([term, text]) => [
        textOf(term)
          .replace(/^\((.*)\)$/, "$1")
          .replaceAll(" | ", "|"),
        paragraphs(text)
          .slice(1)
          .filter((paragraph) => !paragraph.startsWith("This "))
          .join(" ")
      ])
    case "Sequence":
      return [...rowsUnder(doc.left), ...rowsUnder(doc.right)]
    default:
      return []
  }
}

const titles = {
  commands: { zh: "命令", en: "COMMANDS" },
  arguments: { zh: "参数", en: "ARGUMENTS" },
  options: { zh: "选项", en: "OPTIONS" },
  environment: { zh: "环境变量", en: "ENVIRONMENT" },
  exitCodes: { zh: "退出码", en: "EXIT CODES" },
  more: { zh: "更多", en: "MORE" }
} satisfies Record<string, Text>

type Texts = ReadonlyArray<readonly [term: string, text: Text]>

const environment: Texts = [
  ["WECHAT_APPID", { zh: "小程序的 appid", en: "the appid of the mini program" }],
  ["WECHAT_SECRET", { zh: "小程序的 AppSecret；不能作为参数", en: "its app secret, which cannot be an argument" }],
  [
    "WECHAT_ACCESS_TOKEN",
    { zh: "已获取的 access_token，代替 AppSecret", en: "an access token from elsewhere, instead of the secret" }
  ],
  ["WECHAT_BASE_URL", { zh: "代替 https://api.weixin.qq.com", en: "the server, instead of https://api.weixin.qq.com" }],
  [
    "WECHAT_PLUGIN_CONFIG",
    {
      zh: "配置文件，代替 ~/.config/wechat-plugin/config.json",
      en: "the config file, instead of ~/.config/wechat-plugin/config.json"
    }
  ],
  ["NO_COLOR", { zh: "不使用颜色", en: "disables colors" }]
]

const exitCodes: Texts = [
  ["0", { zh: "成功", en: "success" }],
  ["1", { zh: "意外的错误", en: "unexpected error" }],
  ["2", { zh: "用法有误，或未确认", en: "wrong usage, or not confirmed" }],
  ["3", { zh: "被微信或插件开发者拒绝", en: "refused by WeChat or by the plugin's developer" }],
  ["4", { zh: "凭证或权限有问题", en: "credential or permission" }],
  ["5", { zh: "网络故障，或返回无法解析", en: "network, or a reply that cannot be read" }],
  ["6", { zh: "调用额度用完", en: "quota exceeded" }],
  ["7", { zh: "到时仍未审核", en: "not decided in time" }],
  ["130", { zh: "被 Ctrl-C 中断", en: "interrupted by Ctrl-C" }]
]

const more: Texts = [
  ["help <command>", { zh: "显示一个命令的用法", en: "shows the help of a command" }],
  ["-v, --version", { zh: "显示版本", en: "shows the version" }],
  ["--completions bash|zsh|fish", { zh: "输出补全脚本", en: "prints a completion script" }]
]

const inLanguage = (language: Language) => (text: Text) => text[language]

/** The help of `wechat-plugin`. */
export const ofRoot = (language: Language): Help => {
  const say = inLanguage(language)
  const rows = (texts: Texts) => texts.map(([term, text]) => [term, say(text)] as const)
  return {
    usage: `${name} <command>`,
    summary: say(about.summary),
    sections: [
      { title: titles.commands, rows: definitions(say).map(({ name, summary }) => [name, say(summary)]) },
      { title: titles.environment, rows: rows(environment) },
      { title: titles.exitCodes, rows: rows(exitCodes) },
      { title: titles.more, rows: rows(more) }
    ],
    examples: about.examples
  }
}

const rowsOf = (command: unknown) =>
  rowsUnder(
    CommandDescriptor.getHelp((command as Command.Command<string, never, never, unknown>).descriptor, {
      ...CliConfig.defaultConfig,
      showBuiltIns: false
    })
  )

/** A command by its name, or by two words if it belongs to a group. */
const find = (say: Say, wanted: string) => {
  const [word, subword] = wanted.split(" ")
  const found = definitions(say).find(({ name }) => name === word)
  const commands = found !== undefined && "commands" in found ? found.commands : []
  return subword === undefined
    ? found && { ...found, commands }
    : commands.map((command) => ({ ...command, commands: [] })).find(({ name }) => name === subword)
}

/** The options of a command, each with the type of its value: "" for a flag, and `zh|en` where it is one of several. */
export const optionsOf = (language: Language, wanted: string): ReadonlyArray<readonly [name: string, type: string]> =>
  rowsOf(find(inLanguage(language), wanted)!.command).flatMap(([term]) => {
    const [, names = "", type = ""] = /^(-[-\w, ]*?)(?: ([^-].*))?$/.exec(term) ?? []
    return names === "" ? [] : names.split(", ").map((name) => [name, type] as const)
  })

/** The help of one command; undefined if there is no such command. */
export const ofCommand = (language: Language, wanted: string): Help | undefined => {
  const say = inLanguage(language)
  const definition = find(say, wanted)
  if (definition === undefined) {
    return undefined
  }
  const { command, commands, examples, summary } = definition
  if (commands.length > 0) {
    const rows = commands.map(({ name, summary }) => [name, say(summary)] as const)
    const sections = [{ title: titles.commands, rows }]
    return { usage: `${name} ${wanted} <command>`, summary: say(summary), sections, examples }
  }
  const rows = rowsOf(command)
  const args = rows.filter(([term]) => term.startsWith("<"))
  const options = rows.filter(([term]) => !term.startsWith("<"))
  const sections = [
    { title: titles.arguments, rows: args },
    { title: titles.options, rows: options }
  ]
  return {
    usage: [name, wanted, ...args.map(([term]) => term), "[options]"].join(" "),
    summary: say(summary),
    sections: sections.filter(({ rows }) => rows.length > 0),
    examples
  }
}
