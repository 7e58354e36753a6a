// The page docs/errcodes.md, from the same values that perform the operations.
import { tsImport } from "tsx/esm/api"

const { PluginManagerError, PluginOperations } = await tsImport(
  "../packages/plugin-manager/src/index.ts",
  import.meta.url
)

const code = (text) => `\`${text}\``

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("")

const operations = Object.values(PluginOperations)

const nameOf = ({ api }) => api.split(".")[1]

const classes = Object.values(PluginManagerError).filter((value) => value.codes?.length > 0)

const hintOf = ({ hint }, language) => (typeof hint === "function" ? hint("pluginManager.…") : hint)[language]

const operationRows = operations.map((operation) => [
  code(nameOf(operation)),
  code(operation.path),
  [operation.action ?? []].flat().map(code).join(", "),
  operation.httpsOnly ? "HTTPS only" : code(`cloud.openapi.${operation.api}`),
  operation.idempotent ? "yes" : "no",
  operation.errors
    .flatMap(({ codes }) => codes)
    .sort((a, b) => a - b)
    .join(", ")
])

const errcodeRows = classes
  .flatMap((Class) => Class.codes.map((errcode) => [errcode, Class]))
  .sort(([a], [b]) => Math.abs(a) - Math.abs(b))
  .map(([errcode, Class]) => {
    const declaring = operations.filter(({ errors }) => errors.includes(Class))
    return [
      errcode,
      code(Class._tag),
      declaring.length === 0 ? "any" : declaring.map((operation) => code(nameOf(operation))).join(", "),
      hintOf(Class, "zh"),
      hintOf(Class, "en")
    ]
  })

export const errcodes = `# Operations and errcodes

Made by \`npm run docs\` from the operations' own data.

## Operations

Every operation may answer the general errcodes too, those of "any" operation below; the errcodes here are what WeChat's page
of it lists, and those of the global table that concern it. "May be repeated" is whether a second call does no more than the first, so that \`retryTransient\` repeats it.

${table(["operation", "path", "action", "cloud call", "may be repeated", "errcodes"], operationRows)}
## Errcodes

An errcode that an operation does not list, and that is no general one, is an \`UnknownErrcode\`: number and text are kept.
40001 is \`InvalidAppSecret\` when the token endpoint says it, and \`CredentialRejected\` everywhere else.

${table(["errcode", "error", "operations", "怎么办", "what to do"], errcodeRows)}`
