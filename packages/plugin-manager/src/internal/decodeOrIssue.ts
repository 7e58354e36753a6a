import * as Either from "effect/Either"
import { identity } from "effect/Function"
import * as ParseResult from "effect/ParseResult"
import * as Schema from "effect/Schema"

const maxLength = 300

/** The first fault that a Schema found, in one short line: path, what was expected, what came. */
const describe = (error: ParseResult.ParseError): string => {
  const first = ParseResult.ArrayFormatter.formatErrorSync(error)[0]
  const path = first?.path.map(String).join(".") || "the reply"
  const line = `${path}: ${first?.message ?? "not as documented"}`.replace(/\s+/g, " ")
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}

/** Decodes a reply, or says what is wrong with it. A reply may be nested deeper than the stack that would look at it. */
export const decodeOrIssue = <A, I>(schema: Schema.Schema<A, I>, body: unknown): Either.Either<A, string> =>
  Either.flatMap(
    Either.try({
      try: () => Either.mapLeft(Schema.decodeUnknownEither(schema)(body), describe),
      catch: () => "the reply: too deeply nested to be WeChat's"
    }),
    identity
  )
