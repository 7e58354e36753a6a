import { Arbitrary, Effect, Option, Schema } from "effect"
import * as FastCheck from "fast-check"

/**
 * Values of a Schema, for the properties of FastCheck. They are decoded from what the Schema encodes to: Effect 4 makes dates that a Schema of
 * whole seconds does not encode, and takes no instruction how to make others.
 */
export const arbitrary = <A, I>(schema: Schema.Codec<A, I>): FastCheck.Arbitrary<A> => {
  const encoded = Arbitrary.schema(Schema.toEncoded(schema))
  const decode = Schema.decodeUnknownOption(schema)
  return FastCheck.integer()
    .map((seed) => decode(Effect.runSync(Arbitrary.sampleEffect(encoded, { count: 1, seed }))[0]))
    .filter(Option.isSome)
    .map(({ value }) => value)
}
