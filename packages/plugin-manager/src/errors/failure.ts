/**
 * What the classes of errors have in common. Nothing here needs Schema: a program that only calls WeChat does not load it.
 */
import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import { fromNumber, type PluginStatus, toNumber } from "../records/statusNames.js"
import {
  type AlwaysFalse,
  brandOf,
  isTrusted,
  type MakeOptions,
  type OptionalText,
  schemaMembers,
  type Status
} from "./shapes.js"

/** A field of an error: a check for its constructor, which accepts what the Schema of its kind accepts. */
export interface Field<out S> {
  readonly kind: "text" | "optionalText" | "flag" | "alwaysFalse" | "integer" | "status" | "oneOf"
  readonly accepts: (value: unknown) => boolean
  /** of `oneOf` */
  readonly values?: ReadonlyArray<string | number>
  /** what it is if it is left out; `undefined` leaves it out of the error too. Without this, it is required */
  readonly absent?: unknown
  /** only a type: the Schema that `schema.ts` makes of it */
  readonly schema?: S
}

/** The fields of an error. */
export type Fields<Schemas> = { readonly [key in keyof Schemas]: Field<Schemas[key]> }

export const text: Field<typeof Schema.String> = { kind: "text", accepts: Predicate.isString }

export const optionalText: Field<OptionalText> = {
  kind: "optionalText",
  accepts: Predicate.isString,
  absent: undefined
}

export const flag: Field<typeof Schema.Boolean> = { kind: "flag", accepts: Predicate.isBoolean }

/** A field that constructors may leave out. */
export const alwaysFalse: Field<AlwaysFalse> = {
  kind: "alwaysFalse",
  accepts: (value) => value === false,
  absent: false
}

export const integer: Field<typeof Schema.Int> = { kind: "integer", accepts: Number.isSafeInteger }

export const status: Field<Status> = {
  kind: "status",
  accepts: (value) => {
    const number = Predicate.isString(value) ? toNumber(value as PluginStatus) : NaN
    return Number.isFinite(number) && fromNumber(number) === value
  }
}

export const oneOf = <const Values extends readonly [string | number, ...Array<string | number>]>(
  values: Values
): Field<Schema.Literal<[...Values]>> => ({
  kind: "oneOf",
  values,
  accepts: (value) => values.includes(value as never)
})

export const endpoints = ["api", "credential", "gateway"] as const

export const reasons = [
  "connection",
  "timeout",
  "status",
  "body",
  "size",
  "redirect",
  "signature",
  "credential"
] as const

export type Props = { readonly [key: string]: unknown }
export type AnyFields = { readonly [key: string]: Field<unknown> }

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

/** What an error's class is made of. */
export interface Parts {
  readonly tag: string
  readonly identifier: string
  readonly fields: AnyFields
}

/** A class as `Schema.TaggedError` makes it. */
export type SchemaClass = Schema.Schema.Any & (new (props: Props) => object)

/** `schema.ts` sets this where it is loaded. */
const provided: { schemaClass?: (parts: Parts) => SchemaClass } = {}

export const provide = (schemaClass: (parts: Parts) => SchemaClass): void => {
  provided.schemaClass = schemaClass
}

const schemaClassOf = (parts: Parts): SchemaClass => {
  if (provided.schemaClass === undefined) {
    throw new TypeError(
      `${parts.tag} has a field that is missing or wrong, or is used as a Schema without an import of @effect-wechat/plugin-manager/PluginManagerError`
    )
  }
  return provided.schemaClass(parts)
}

/** Gives the target the members of a Schema, which is made when one of them is first read. Its methods see the target as `this`. */
export const lend = (target: object, lender: (target: never) => object): void => {
  for (const member of schemaMembers) {
    Object.defineProperty(target, member, {
      configurable: true,
      get(this: never) {
        return Reflect.get(lender(this), member, this)
      }
    })
  }
}

class Failure extends Data.Error<Props> {
  declare static readonly parts: Parts
}

lend(Failure, ({ parts }: typeof Failure) => schemaClassOf(parts))

/** What `Schema.TaggedError` returns, but the Schema is made when it is first used. */
export const TaggedError = (
  tag: string,
  fields: AnyFields
): new (props?: Props, options?: MakeOptions) => Cause.YieldableError => {
  const parts = { tag, identifier: `@effect-wechat/plugin-manager/${tag}`, fields }
  const brand = brandOf(parts.identifier)

  class Tagged extends Failure {
    static readonly _tag = tag
    static override readonly parts = parts
    declare readonly _tag: string
    constructor(props: Props = {}, options: MakeOptions = {}) {
      // the Schema refuses what the check does not know, and says why
      super({
        ...(isTrusted(options) ? props : (check(fields, props) ?? new (schemaClassOf(parts))(props))),
        _tag: tag
      })
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
  const { parts } = Class as unknown as typeof Failure
  return (
    u instanceof Class ||
    (Predicate.hasProperty(u, brandOf(parts.identifier)) && check(parts.fields, u as unknown as Props) !== undefined)
  )
}
