import * as Schema from "effect/Schema"

/** A field that may be absent, but not `undefined`. */
export const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

/** A string in JSON, a `Redacted` in the program. */
export const Secret = Schema.Redacted(Schema.String)
