import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** A field that may be absent, but not `undefined`. */
export const optional = <A, I>(schema: Schema.Codec<A, I>) => Schema.optionalKey(schema)

/** A field that may be absent, with what it is then. */
export const withDefault = <A, I>(schema: Schema.Codec<A, I>, value: A) =>
  Schema.withDecodingDefaultType<Schema.Codec<A, I>>(Effect.succeed(value))(schema)

/** A string in JSON, a `Redacted` in the program. */
export const Secret = Schema.RedactedFromValue(Schema.String)
