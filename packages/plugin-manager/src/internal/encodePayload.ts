import type * as Either from "effect/Either"
import type * as Schema from "effect/Schema"
import { encodeOrIssue } from "./describeIssue.js"

/** Encodes a payload, or says what is wrong with it. */
export const encodePayload = <A, I>(schema: Schema.Schema<A, I>, payload: A): Either.Either<I, string> =>
  encodeOrIssue(schema, payload, "the payload")
