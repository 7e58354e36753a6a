/** `--help`, laid out for a terminal. */
import * as Effect from "effect/Effect"
import stringWidth from "string-width"
import { name } from "../grammar/commands.js"
import { type Help, ofCommand, ofRoot } from "../grammar/help.js"
import type { Invocation } from "./invocation.js"
import { Screen } from "./screen.js"
import type { Style } from "./style.js"
import { version } from "./version.js"

const asText = ({ examples, sections, summary, usage }: Help, { language }: Invocation, { colors }: Style) => {
  const widest = Math.max(...sections.flatMap(({ rows }) => rows.map(([term]) => stringWidth(term))))
  const section = (title: string, lines: ReadonlyArray<string>) =>
    [colors.bold(title), ...lines.map((line) => `  ${line}`)].join("\n")
  return [
    summary,
    section(language === "zh" ? "用法" : "USAGE", [usage]),
    ...sections.map(({ rows, title }) =>
      section(
        title[language],
        rows.map(([term, text]) => `${colors.cyan(term)}${" ".repeat(widest - stringWidth(term))}  ${text}`)
      )
    ),
    section(
      language === "zh" ? "示例" : "EXAMPLES",
      examples.map((example) => `${name} ${example}`)
    )
  ].join("\n\n")
}

const asksForHelp = (args: ReadonlyArray<string>) => {
  const end = args.indexOf("--")
  const options = end < 0 ? args : args.slice(0, end)
  return args.length === 0 || options.includes("--help") || options.includes("-h")
}

/** The help that was asked for, if any was. */
const wanted = ({ args, language }: Invocation): Help | undefined => {
  const isCommand = args[0] === "help"
  if (!isCommand && !asksForHelp(args)) {
    return undefined
  }
  const command = args[isCommand ? 1 : 0]
  return command === undefined || command.startsWith("-") ? ofRoot(language) : ofCommand(language, command)
}

/** Shows help where it is asked for, and else does `otherwise`. */
export const orElse = <E, R>(otherwise: Effect.Effect<void, E, R>) =>
  Effect.flatMap(Screen, ({ invocation, print, style }) => {
    const help = wanted(invocation)
    const title = `${name} ${version}`
    return help === undefined ? otherwise : print(`${style.colors.bold(title)}\n\n${asText(help, invocation, style)}`)
  })
