import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"
import { shorten } from "./issueLine.js"

/** The first fault that a Schema found in `whole`, in one short line: path, what was expected, what came. */
const describe = (error: ParseResult.ParseError, whole: string): string => {
  const first = ParseResult.ArrayFormatter.formatErrorSync(error)[0]
  const path = first?.path.map(String).join(".") || whole
  return shorten(`${path}: ${first?.message ?? "not as documented"}`)
}

/** Decodes what is called `whole`, or says what is wrong with it. */
export const decodeOrIssue = <A, I>(schema: Schema.Schema<A, I>, input: unknown, whole: string) =>
  Either.mapLeft(Schema.decodeUnknownEither(schema)(input), (error) => describe(error, whole))

/** Encodes what is called `whole`, or says what is wrong with it. */
export const encodeOrIssue = <A, I>(schema: Schema.Schema<A, I>, value: A, whole: string) =>
  Either.mapLeft(Schema.encodeEither(schema)(value), (error) => describe(error, whole))
