// The reference of `wechat-plugin`, in both languages, and the JSON Schema of what `--json` prints: both from the command's own
// definitions.
import { JSONSchema } from "effect"
import { tsImport } from "tsx/esm/api"

const load = (file) => tsImport(`../packages/cli/src/${file}`, import.meta.url)
const [{ ofCommand, ofRoot }, { name, names }, { Answers }] = await Promise.all([
  load("grammar/help.ts"),
  load("grammar/commands.ts"),
  load("program/schema/answers.ts")
])

const words = {
  en: {
    intro:
      "Made by `npm run docs` from the definitions of the commands. `wechat-plugin <command> --help` says the same.",
    usage: "Usage",
    examples: "Examples",
    other: "[中文](commands.zh-CN.md)"
  },
  zh: {
    intro: "由 `npm run docs` 根据命令的定义生成，与 `wechat-plugin <command> --help` 一致。",
    usage: "用法",
    examples: "示例",
    other: "[English](commands.md)"
  }
}

const cell = (text) => text.replaceAll("|", "\\|")

const section = (language, level, { examples, sections, summary, usage }) => {
  const { examples: title } = words[language]
  return [
    summary,
    `\`\`\`sh\n${usage}\n\`\`\``,
    ...sections.map(({ rows, title }) => {
      const heading = title[language]
      const table = rows.map(([term, text]) => `| \`${cell(term)}\` | ${cell(text)} |`)
      return `${level} ${heading[0]}${heading.slice(1).toLowerCase()}\n\n| | |\n| --- | --- |\n${table.join("\n")}`
    }),
    `${level} ${title}\n\n\`\`\`sh\n${examples.map((example) => `${name} ${example}`).join("\n")}\n\`\`\``
  ].join("\n\n")
}

const page = (language) =>
  [
    `# ${name}`,
    words[language].other,
    words[language].intro,
    section(language, "##", ofRoot(language)),
    ...names((text) => text[language]).map(
      (command) => `## ${name} ${command}\n\n${section(language, "###", ofCommand(language, command))}`
    )
  ].join("\n\n") + "\n"

export const commands = { "commands.md": page("en"), "commands.zh-CN.md": page("zh") }

/** One document, with a definition for each command. */
const schemas = Object.entries(Answers).map(([answer, schema]) => {
  const { $defs, $schema: _, ...own } = JSONSchema.make(schema)
  return [answer, own, $defs ?? {}]
})

export const outputSchema = `${JSON.stringify(
  {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `What ${name} --json prints`,
    description:
      "One document on stdout; `list --watch`, `emulator`, `fleet diff` and the commands that show a sweep print one on each line. A command that fails prints #/$defs/error and ends with its exitCode.",
    anyOf: schemas.map(([answer]) => ({ $ref: `#/$defs/${answer}` })),
    $defs: Object.assign(
      {},
      ...schemas.map(([, , $defs]) => $defs),
      Object.fromEntries(schemas.map(([answer, own]) => [answer, own]))
    )
  },
  null,
  2
)}\n`
