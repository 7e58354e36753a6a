import * as Schema from "effect/Schema"

/** An integer column: libsql returns a bigint, PostgreSQL's driver a number, or a string where the column is a BIGINT. */
export const Integer: Schema.Schema<number, bigint | number | string> = Schema.transform(
  Schema.Union(Schema.BigIntFromSelf, Schema.Number, Schema.String),
  Schema.Int,
  { strict: true, decode: Number, encode: (value) => value }
)
