import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"

const isPresent = <A>(value: A | null): value is A => value !== null

/** A field that WeChat may leave out or send as null; it is absent in both cases. */
export const nullable = <A, I>(schema: Schema.Codec<A, I>) =>
  Schema.optionalKey(Schema.NullOr(schema)).pipe(
    Schema.decodeTo(Schema.optionalKey(Schema.toType(schema)), {
      decode: SchemaGetter.transformOptional<A, A | null>(Option.filter(isPresent)),
      encode: SchemaGetter.passthrough<A | null, A>({ strict: false })
    })
  )

/** A field that WeChat may leave out or send as null, with what it is then. */
export const withDefault = <A, I>(schema: Schema.Codec<A, I>, absent: () => A) =>
  Schema.optionalKey(Schema.NullOr(schema)).pipe(
    Schema.decodeTo(Schema.toType(schema), {
      decode: SchemaGetter.transformOptional<A, A | null>((value) =>
        Option.some(Option.getOrElse(Option.filter(value, isPresent), absent))
      ),
      encode: SchemaGetter.passthrough<A | null, A>({ strict: false })
    })
  )

/** A field that has another name in WeChat's JSON: the migration names it to `encodeKeys` of the whole Struct. */
export const renamed: <S>(schema: S, key: string) => S = identity

/** A field that constructors may leave out. */
export const madeWithDefault = <S extends Schema.Constraint & Schema.WithoutConstructorDefault>(
  schema: S,
  absent: () => S["~type.make.in"]
) => Schema.withConstructorDefault<S>(Effect.sync(absent))(schema)
