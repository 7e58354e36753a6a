/**
 * What the classes of errors rely on in the classes that Effect's Schema makes. Another major of Effect has another file here.
 */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import type { PluginStatus } from "../records/statusNames.js"

/** A text that may be absent. */
export type OptionalText = Schema.optionalWith<typeof Schema.String, { exact: true }>

/** `false`, which constructors may leave out. */
export type AlwaysFalse = Schema.PropertySignature<":", false, never, ":", false, true>

export type Status = Schema.SchemaClass<PluginStatus>

type Tagged<Tag extends string, Fields extends Schema.Struct.Fields> = Fields & { readonly _tag: Schema.tag<Tag> }

/** A class as `Schema.TaggedError` types it, whose instances have what is `Inherited` as well. */
export interface TaggedClass<
  Self,
  Tag extends string,
  Fields extends Schema.Struct.Fields,
  Inherited
> extends Schema.Class<
  Self,
  Tagged<Tag, Fields>,
  Schema.Struct.Encoded<Tagged<Tag, Fields>>,
  never,
  Schema.Struct.Constructor<Fields>,
  {},
  Inherited
> {
  readonly _tag: Tag
}

export type MakeOptions = Schema.MakeOptions

/** Whether a constructor is given fields that need no check. */
export const isTrusted = (options: MakeOptions): boolean =>
  Predicate.isBoolean(options) ? options : options.disableValidation === true

/** What a Schema consists of, and what the class of a Schema has besides. */
export const schemaMembers: ReadonlyArray<string | symbol> = [
  Symbol.for("effect/Schema"),
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
]

/** By this, Schema recognizes an instance that another copy of this library has made. */
export const brandOf = (identifier: string): symbol => Symbol.for(`effect/Schema/TaggedError/${identifier}`)
