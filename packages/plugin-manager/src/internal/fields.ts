import * as Schema from "effect/Schema"

/** A field that WeChat may leave out or send as null; it is absent in both cases. */
export const nullable = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optionalWith(schema, { exact: true, nullable: true })

/** A field that WeChat may leave out or send as null, with what it is then. */
export const withDefault = <A, I>(schema: Schema.Schema<A, I>, absent: () => A) =>
  Schema.optionalWith(schema, { exact: true, nullable: true, default: absent })

/** A field that has another name in WeChat's JSON. */
export const renamed = <A, I, const Key extends string>(schema: Schema.Schema<A, I>, key: Key) =>
  Schema.propertySignature(schema).pipe(Schema.fromKey(key))

/** A field that constructors may leave out. */
export const madeWithDefault = <A, I>(schema: Schema.Schema<A, I>, absent: () => A) =>
  Schema.propertySignature(schema).pipe(Schema.withConstructorDefault(absent))
