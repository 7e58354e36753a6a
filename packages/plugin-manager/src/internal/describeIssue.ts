import * as ParseResult from "effect/ParseResult"

const maxLength = 300

/** The first fault that a Schema found in `whole`, in one short line: path, what was expected, what came. */
export const describeIssue = (error: ParseResult.ParseError, whole: string): string => {
  const first = ParseResult.ArrayFormatter.formatErrorSync(error)[0]
  const path = first?.path.map(String).join(".") || whole
  const line = `${path}: ${first?.message ?? "not as documented"}`.replace(/\s+/g, " ")
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}
