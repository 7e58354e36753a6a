import * as Schema from "effect/Schema"

/**
 * An account without entries may be answered by the bare envelope. Anything beside it (`buffer`, `result`, …) or an
 * envelope without an errcode is another reply, and no empty list.
 */
const isBare = (body: unknown): boolean =>
  typeof body === "object" &&
  body !== null &&
  "errcode" in body &&
  Object.keys(body).every((key) => key === "errcode" || key === "errmsg")

/** The success of an operation that answers a list under `key`; `null` is an empty one. */
export const listOf = <Key extends string, A, I>(
  key: Key,
  item: Schema.Schema<A, I>
): Schema.Schema<ReadonlyArray<A>, unknown> => {
  const Envelope = Schema.Struct({
    errcode: Schema.optionalWith(Schema.Literal(0, "0"), { exact: true }),
    [key]: Schema.NullOr(Schema.Array(item))
  })
  return Schema.transform(
    Schema.transform(Schema.Unknown, Schema.encodedSchema(Envelope), {
      strict: false,
      decode: (body) => (isBare(body) ? { ...(body as object), [key]: [] } : body),
      encode: (body) => body
    }).pipe(Schema.compose(Envelope, { strict: false })),
    Schema.typeSchema(Schema.Array(item)),
    {
      strict: false,
      decode: (body: { readonly [key: string]: unknown }) => body[key] ?? [],
      encode: (list) => ({ errcode: 0, [key]: list })
    }
  ) as unknown as Schema.Schema<ReadonlyArray<A>, unknown>
}
