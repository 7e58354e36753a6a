import * as ParseResult from "effect/ParseResult"

const maxLength = 300

/** The first fault that a Schema found in a reply, in one short line: path, what was expected, what came. */
export const decodeIssue = (error: ParseResult.ParseError): string => {
  const [first, ...others] = ParseResult.ArrayFormatter.formatErrorSync(error)
  const path = first?.path.map(String).join(".") || "the reply"
  const line = `${path}: ${first?.message ?? "not as documented"}`.replace(/\s+/g, " ")
  const short = line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
  return others.length === 0 ? short : `${short} (and ${others.length} more)`
}
