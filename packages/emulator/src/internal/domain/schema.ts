import * as Schema from "effect/Schema"

/** A field that may be absent, but not `undefined`. */
export const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

/** A field that may be absent, with what it is then. */
export const withDefault = <A, I>(schema: Schema.Schema<A, I>, value: A) =>
  Schema.optionalWith(schema, { default: () => value })

/** A string in JSON, a `Redacted` in the program. */
export const Secret = Schema.Redacted(Schema.String)
