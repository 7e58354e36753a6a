/** Prints `--help`. */
import * as Effect from "effect/Effect"
import type { Invocation } from "../program/output/invocation.js"
import { Screen } from "../program/output/screen.js"
import { paint, type Span, width } from "../program/output/span.js"
import { version } from "../program/output/version.js"
import { name } from "./commands.js"
import { type Help, ofCommand, ofRoot } from "./help.js"

const asLines = ({ examples, sections, summary, usage }: Help, { language }: Invocation): ReadonlyArray<Span> => {
  const widest = Math.max(...sections.flatMap(({ rows }) => rows.map(([term]) => width(term))))
  const section = (title: string, lines: ReadonlyArray<Span>): ReadonlyArray<Span> => [
    "",
    paint("bold", title),
    ...lines.map((line) => ["  ", line])
  ]
  return [
    summary,
    ...section(language === "zh" ? "用法" : "USAGE", [usage]),
    ...sections.flatMap(({ rows, title }) =>
      section(
        title[language],
        rows.map(([term, text]) => [paint("cyan", term), " ".repeat(widest - width(term)), "  ", text])
      )
    ),
    ...section(
      language === "zh" ? "示例" : "EXAMPLES",
      examples.map((example) => `${name} ${example}`)
    )
  ]
}

const asksForHelp = (args: ReadonlyArray<string>) => {
  const end = args.indexOf("--")
  const options = end < 0 ? args : args.slice(0, end)
  return args.length === 0 || options.includes("--help") || options.includes("-h")
}

/** The help that the arguments ask for, if any. */
const wanted = ({ args, language }: Invocation): Help | undefined => {
  const isCommand = args[0] === "help"
  if (!isCommand && !asksForHelp(args)) {
    return undefined
  }
  const command = args[isCommand ? 1 : 0]
  return command === undefined || command.startsWith("-") ? ofRoot(language) : ofCommand(language, command)
}

/** Prints help if the arguments ask for it, and otherwise runs the effect. */
export const orElse = <E, R>(otherwise: Effect.Effect<void, E, R>) =>
  Effect.flatMap(Screen, ({ invocation, print }) => {
    const help = wanted(invocation)
    const title = paint("bold", `${name} ${version}`)
    return help === undefined ? otherwise : print([title, "", ...asLines(help, invocation)])
  })
