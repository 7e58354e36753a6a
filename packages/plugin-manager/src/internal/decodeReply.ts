import * as Either from "effect/Either"
import { identity } from "effect/Function"
import type * as Schema from "effect/Schema"
import { decodeOrIssue } from "./describeIssue.js"
import { tooDeep } from "./issueLine.js"

/** Decodes a reply, or says what is wrong with it. A reply may be nested deeper than the stack that would look at it. */
export const decodeReply = <A, I>(schema: Schema.Schema<A, I>, body: unknown): Either.Either<A, string> =>
  Either.flatMap(
    Either.try({
      try: () => decodeOrIssue(schema, body, "the reply"),
      catch: () => tooDeep
    }),
    identity
  )
