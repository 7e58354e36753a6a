/** The messages of @effect/cli, which has them in English only. */
const phrases: ReadonlyArray<readonly [english: RegExp, chinese: string]> = [
  [/Received unknown argument: /g, "未知的参数："],
  [/Expected to find option: /g, "缺少选项："],
  [/Missing argument /g, "缺少参数 "],
  [/is not a integer/g, "不是整数"]
]

export const inChinese = (text: string): string =>
  phrases.reduce((text, [english, chinese]) => text.replace(english, chinese), text)

/**
 * Fixes three bugs in the bash script of @effect/cli. It spells a command name with a hyphen in two ways, so it finds no subcommand. It does not
 * find the commands of a group either. It also separates the choices of an option with commas, so bash takes them for one word.
 */
export const completions = (text: string): string =>
  text
    .replace(/cmd="wechat-plugin"|^( *)wechat-plugin\)/gm, (match) => match.replace("wechat-plugin", "wechat__plugin"))
    .replace(/^( *wechat__plugin),([\w-]+),([\w-]+\))/gm, "$1__$2,$3")
    .replace(/compgen -W "([\w-]+(?:,[\w-]+)+)"/g, (_, words: string) => `compgen -W "${words.replaceAll(",", " ")}"`)
