import * as Schema from "effect/Schema"

/**
 * A reply with nothing but an errcode and an errmsg is an account without entries. A reply with other fields (`buffer`, `result`, …), or
 * without an errcode, is something else and not an empty list.
 */
const isBare = (body: unknown): boolean =>
  typeof body === "object" &&
  body !== null &&
  "errcode" in body &&
  Object.keys(body).every((key) => key === "errcode" || key === "errmsg")

/** The success of an operation that returns a list under `key`; `null` is an empty list. */
export const listOf = <A, I>(key: string, item: Schema.Schema<A, I>): Schema.Schema<ReadonlyArray<A>, unknown> => {
  const Envelope = Schema.Struct({
    errcode: Schema.optionalWith(Schema.Literal(0, "0"), { exact: true }),
    [key]: Schema.NullOr(Schema.Array(item))
  })
  const WithList = Schema.transform(Schema.Unknown, Schema.encodedBoundSchema(Envelope), {
    strict: false,
    decode: (body: unknown) => (isBare(body) ? { ...(body as object), [key]: [] } : body),
    encode: (body: unknown) => body
  })
  // a computed key leaves TypeScript without the type of its field
  return Schema.transform(
    WithList.pipe(Schema.compose(Envelope, { strict: false })),
    Schema.typeSchema(Schema.Array(item)),
    {
      strict: false,
      decode: (body: { readonly [key: string]: unknown }) => body[key] ?? [],
      encode: (list: unknown) => ({ errcode: 0, [key]: list })
    }
  ) as unknown as Schema.Schema<ReadonlyArray<A>, unknown>
}
