import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import type * as SchemaIssue from "effect/SchemaIssue"
import { formatJson } from "./formatJson.js"
import { shorten } from "./issueLine.js"

/** A type as it is written in TypeScript; Effect 4 itself says only "object". */
const show = (ast: SchemaAST.AST): string => {
  switch (ast._tag) {
    case "Literal":
      return JSON.stringify(ast.literal)
    case "Union":
      return ast.types.map(show).join(" | ")
    case "Arrays":
      return `ReadonlyArray<${ast.rest.map(show).join(" | ")}>`
    case "Objects":
      return `{ ${ast.propertySignatures
        .map(({ name, type }) => `readonly ${String(name)}${SchemaAST.isOptional(type) ? "?" : ""}: ${show(type)}`)
        .join("; ")} }`
    default:
      return SchemaAST.resolveIdentifier(ast) ?? ast._tag.toLowerCase()
  }
}

/** Of several alternatives, the first. */
const expectedOf = (ast: SchemaAST.AST): string =>
  ast._tag === "Union" && ast.types[0] !== undefined ? expectedOf(ast.types[0]) : show(ast)

/** What Effect 3 said. */
const words: Readonly<Record<string, string>> = { "a value with a length of at least 1": "a non empty string" }

/** The field by which the members of a union are told apart. Effect 4 blames the whole value for it. */
const tagOf = ({ types: [type] }: SchemaAST.Union) =>
  type?._tag === "Objects" ? type.propertySignatures.find(({ type }) => type._tag === "Literal") : undefined

interface Fault {
  readonly path: ReadonlyArray<PropertyKey>
  readonly expected?: string
  readonly message?: string | undefined
}

const valueAt = (input: unknown, path: ReadonlyArray<PropertyKey>) =>
  path.reduce<unknown>((value, key) => Object(value)[key], input)

const first = (issue: SchemaIssue.Issue, input: unknown, path: ReadonlyArray<PropertyKey> = []): Fault => {
  switch (issue._tag) {
    case "Pointer":
      return first(issue.issue, input, [...path, ...issue.path])
    case "Composite":
      return first(issue.issues[0], input, path)
    case "Encoding":
      return first(issue.issue, input, path)
    case "AnyOf": {
      const expected = expectedOf(issue.ast)
      const [one] = issue.issues
      const tag = one === undefined ? tagOf(issue.ast) : undefined
      if (tag !== undefined) {
        return { path: [...path, tag.name], expected: show(tag.type) }
      }
      const isOther = /^(string|number)$/.test(expected) && typeof valueAt(input, path) !== expected
      return one === undefined || isOther ? { path, expected } : first(one, input, path)
    }
    case "Filter": {
      const { expected, message } = issue.filter.annotations ?? {}
      return { path, expected: words[String(expected)] ?? String(expected), message: message as string | undefined }
    }
    case "InvalidType":
      return { path, expected: expectedOf(issue.ast) }
    case "MissingKey":
      return { path, message: "is missing" }
    default:
      return { path, message: "not as documented" }
  }
}

/** The first fault that a Schema found in `whole`, in one short line: path, what was expected, what came. */
const describe = (issue: SchemaIssue.Issue, input: unknown, whole: string): string => {
  const { expected, message, path } = first(issue, input)
  // Effect 4 leaves out what came, since it may be secret; the caller has removed secrets
  const what = message ?? `Expected ${expected}, actual ${formatJson(valueAt(input, path))}`
  return shorten(`${path.map(String).join(".") || whole}: ${what}`)
}

/** Decodes what is called `whole`, or says what is wrong with it. */
export const decodeOrIssue = <A, I>(schema: Schema.Codec<A, I>, input: unknown, whole: string) =>
  Result.mapError(Schema.decodeUnknownResult(schema)(input), ({ issue }) => describe(issue, input, whole))

/** Encodes what is called `whole`, or says what is wrong with it. */
export const encodeOrIssue = <A, I>(schema: Schema.Codec<A, I>, value: A, whole: string) =>
  Result.mapError(Schema.encodeResult(schema)(value), ({ issue }) => describe(issue, value, whole))
