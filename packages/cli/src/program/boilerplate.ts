import type { Language } from "./language.js"

/** What @effect/cli says of arguments that it cannot take, in English only. */
const phrases: ReadonlyArray<readonly [english: RegExp, chinese: string]> = [
  [/Received unknown argument: /g, "未知的参数："],
  [/Expected to find option: /g, "缺少选项："],
  [/Missing argument /g, "缺少参数 "],
  [/Invalid subcommand for (\S+) - use one of /g, "$1 没有这个命令，可用的有："],
  [/Expected a value following option: /g, "选项缺少值："],
  [/Expected one of the following cases: /g, "应为其中之一："],
  [/is not a integer/g, "不是整数"]
]

export const translate = (text: string, language: Language): string =>
  language === "en" ? text : phrases.reduce((text, [english, chinese]) => text.replace(english, chinese), text)

/**
 * Two faults of @effect/cli's script for bash: of a command with a hyphen in its name it finds no subcommand, since it spells the name
 * in two ways; and it puts commas between the choices of an option, so that they are one word.
 */
export const completions = (text: string): string =>
  text
    .replace(/cmd="wechat-plugin"|^( *)wechat-plugin\)/gm, (match) => match.replace("wechat-plugin", "wechat__plugin"))
    .replace(/compgen -W "([\w-]+(?:,[\w-]+)+)"/g, (_, words: string) => `compgen -W "${words.replaceAll(",", " ")}"`)
