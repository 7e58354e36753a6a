import * as ParseResult from "effect/ParseResult"
import { shorten } from "./issueLine.js"

/** The first fault that a Schema found in `whole`, in one short line: path, what was expected, what came. */
export const describeIssue = (error: ParseResult.ParseError, whole: string): string => {
  const first = ParseResult.ArrayFormatter.formatErrorSync(error)[0]
  const path = first?.path.map(String).join(".") || whole
  return shorten(`${path}: ${first?.message ?? "not as documented"}`)
}
