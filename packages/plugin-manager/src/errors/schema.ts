/**
 * All that errors have to do with Schema, in one place. Making the Schemas of all errors while a program starts would cost a third of the
 * time that this library takes to load, so each is made when it is first used.
 */
import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { fromNumber, PluginStatus, toNumber } from "../records/PluginStatus.js"

/** A field of an error: a check for its constructor, and its Schema, which accepts the same. */
export interface Field<out S extends Schema.Struct.Field> {
  readonly accepts: (value: unknown) => boolean
  readonly schema: () => S
  /** what it is if it is left out; `undefined` leaves it out of the error too. Without this, it is required */
  readonly absent?: unknown
}

/** The fields of an error. */
export type Fields<Schemas extends Schema.Struct.Fields> = { readonly [key in keyof Schemas]: Field<Schemas[key]> }

export const text: Field<typeof Schema.String> = { accepts: Predicate.isString, schema: () => Schema.String }

export const optionalText: Field<Schema.optionalWith<typeof Schema.String, { exact: true }>> = {
  accepts: Predicate.isString,
  schema: () => Schema.optionalWith(Schema.String, { exact: true }),
  absent: undefined
}

export const flag: Field<typeof Schema.Boolean> = { accepts: Predicate.isBoolean, schema: () => Schema.Boolean }

export const integer: Field<typeof Schema.Int> = { accepts: Number.isSafeInteger, schema: () => Schema.Int }

export const oneOf = <const Values extends readonly [string | number, ...Array<string | number>]>(
  values: Values
): Field<Schema.Literal<[...Values]>> => ({
  accepts: (value) => values.includes(value as never),
  schema: () => Schema.Literal(...values)
})

export const status: Field<Schema.SchemaClass<PluginStatus>> = {
  accepts: (value) => {
    const number = Predicate.isString(value) ? toNumber(value as PluginStatus) : NaN
    return Number.isFinite(number) && fromNumber(number) === value
  },
  schema: () => Schema.typeSchema(PluginStatus)
}

const never = () =>
  Schema.Literal(false).pipe(
    Schema.propertySignature,
    Schema.withConstructorDefault(() => false as const)
  )

/** A field that is always false, which constructors may leave out. */
export const alwaysFalse: Field<ReturnType<typeof never>> = {
  accepts: (value) => value === false,
  schema: never,
  absent: false
}

type Props = { readonly [key: string]: unknown }
type AnyFields = Fields<Schema.Struct.Fields>

/** The fields that the Schema would keep, or `undefined` if it would refuse one of them. */
const check = (fields: AnyFields, props: Props): Props | undefined => {
  const kept: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(fields)) {
    if (key in props ? !field.accepts(props[key]) : !("absent" in field)) {
      return undefined
    }
    const value = key in props ? props[key] : field.absent
    if (value !== undefined) {
      kept[key] = value
    }
  }
  return kept
}

/** What a Schema consists of, and what the class of a Schema has besides. */
const members = [
  Schema.TypeId,
  "ast",
  "pipe",
  "annotations",
  "toString",
  "fields",
  "members",
  "identifier",
  "make",
  "extend",
  "transformOrFail",
  "transformOrFailFrom"
] as const

/** Gives the target the members of a Schema, which is made when one of them is first read. Its methods see the target as `this`. */
const lend = (target: object, lender: (target: never) => object) => {
  for (const member of members) {
    Object.defineProperty(target, member, {
      configurable: true,
      get(this: never) {
        return Reflect.get(lender(this), member, this)
      }
    })
  }
}

const once = <A>(make: () => A) => {
  let made: A | undefined
  return () => (made ??= make())
}

/** The same Schema, made when it is first used. */
export const lazy = <A, I>(make: () => Schema.Schema<A, I>): Schema.Schema<A, I> => {
  const target = {}
  lend(target, once(make))
  return target as Schema.Schema<A, I>
}

class Failure extends Data.Error<Props> {
  declare static readonly _tag: string
  declare static readonly checks: AnyFields
  declare static readonly schemaClass: () => Schema.Schema.Any & (new (props: Props) => object)
}

lend(Failure, (Class: typeof Failure) => Class.schemaClass())

const identifierOf = (tag: string) => `@effect-wechat/plugin-manager/${tag}`

/** By this, Schema recognizes an instance that another copy of this library has made. */
const brandOf = (tag: string) => Symbol.for(`effect/Schema/TaggedError/${identifierOf(tag)}`)

/** What `Schema.TaggedError` returns, but the Schema is made when it is first used. */
export const TaggedError = (
  tag: string,
  fields: AnyFields
): new (props?: Props, options?: Schema.MakeOptions) => Cause.YieldableError => {
  const brand = brandOf(tag)
  const schemaClass = once(() =>
    Schema.TaggedError<object>(identifierOf(tag))(
      tag,
      Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.schema()]))
    )
  ) as () => Schema.Schema.Any & (new (props: Props) => object)

  class Tagged extends Failure {
    static override readonly _tag = tag
    static override readonly checks = fields
    static override readonly schemaClass = schemaClass
    declare readonly _tag: string
    constructor(props: Props = {}, options: Schema.MakeOptions = false) {
      const isTrusted = Predicate.isBoolean(options) ? options : options.disableValidation
      // the Schema refuses what the check does not know, and says why
      super({ ...(isTrusted ? props : (check(fields, props) ?? new (schemaClass())(props))), _tag: tag })
    }
    get [brand]() {
      return brand
    }
  }
  Tagged.prototype.name = tag
  return Tagged
}

/** Whether a value is an instance of a class of this library, or of the same class in another copy of it. */
export const isInstance = (Class: abstract new (...args: never) => unknown, u: unknown): boolean => {
  const { _tag, checks } = Class as unknown as typeof Failure
  return (
    u instanceof Class || (Predicate.hasProperty(u, brandOf(_tag)) && check(checks, u as unknown as Props) !== undefined)
  )
}
