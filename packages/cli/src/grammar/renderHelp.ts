/** Renders all help as text. The build does it, because loading the definitions of all commands takes longer than showing one text. */
import type { Language } from "../program/language/language.js"
import { makeStyle, paint, type Span, width } from "../program/output/span.js"
import { renderBlocks } from "../program/output/table.js"
import { name, names } from "./commands.js"
import { type Help, ofCommand, ofRoot } from "./help.js"
import type { HelpTexts } from "./helpTexts.js"

const asLines = (language: Language, { examples, sections, summary, usage }: Help): ReadonlyArray<Span> => {
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

const ofLanguage = (language: Language, version: string) => {
  const title = paint("bold", `${name} ${version}`)
  const text = (help: Help) => `${renderBlocks([title, "", ...asLines(language, help)], makeStyle(true, false))}\n`
  return Object.fromEntries([
    ["", text(ofRoot(language))],
    ...names((text) => text[language]).map((name) => [name, text(ofCommand(language, name)!)])
  ])
}

export const renderHelp = (version: string): HelpTexts => ({
  zh: ofLanguage("zh", version),
  en: ofLanguage("en", version)
})
