import { Arbitrary } from "effect"

/** Values of a Schema, for the properties of FastCheck. */
export const arbitrary = Arbitrary.make
