import * as Schema from "effect/Schema"

const Bytes = Schema.transform(Schema.Struct({ base64: Schema.Uint8ArrayFromBase64 }), Schema.Uint8ArrayFromSelf, {
  strict: true,
  decode: ({ base64 }) => base64,
  encode: (base64) => ({ base64 })
})

/** A body; one that is no text travels as `{ "base64": "..." }`. */
export const StringOrBytes = Schema.Union(Schema.String, Bytes)
