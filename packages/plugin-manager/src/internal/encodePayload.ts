import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import { describeIssue } from "./describeIssue.js"

/** Encodes a payload, or says what is wrong with it. */
export const encodePayload = <A, I>(schema: Schema.Schema<A, I>, payload: A): Either.Either<I, string> =>
  Either.mapLeft(Schema.encodeEither(schema)(payload), (error) => describeIssue(error, "the payload"))
