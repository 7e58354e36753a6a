import * as Either from "effect/Either"
import { identity } from "effect/Function"
import * as Schema from "effect/Schema"
import { describeIssue } from "./describeIssue.js"
import { tooDeep } from "./issueLine.js"

/** Decodes a reply, or says what is wrong with it. A reply may be nested deeper than the stack that would look at it. */
export const decodeReply = <A, I>(schema: Schema.Schema<A, I>, body: unknown): Either.Either<A, string> =>
  Either.flatMap(
    Either.try({
      try: () => Either.mapLeft(Schema.decodeUnknownEither(schema)(body), (error) => describeIssue(error, "the reply")),
      catch: () => tooDeep
    }),
    identity
  )
