/**
 * What the classes of errors rely on in the classes that Effect's Schema makes.
 */
import type * as Schema from "effect/Schema"
import type { PluginStatus } from "../records/statusNames.js"

/** A text that may be absent. */
export type OptionalText = Schema.optionalKey<typeof Schema.String>

/** `false`, which constructors may leave out. */
export type AlwaysFalse = Schema.withConstructorDefault<Schema.Literal<false>>

export type Status = Schema.Codec<PluginStatus>

type Tagged<Tag extends string, Fields extends Schema.Struct.Fields> = Fields & { readonly _tag: Schema.tag<Tag> }

/** A class as `Schema.TaggedError` types it, whose instances have what is `Inherited` as well. */
export interface TaggedClass<
  Self,
  Tag extends string,
  Fields extends Schema.Struct.Fields,
  Inherited
> extends Schema.Class<Self, Schema.Struct<Tagged<Tag, Fields>>, Inherited> {
  readonly _tag: Tag
}

export type MakeOptions = Schema.MakeOptions | undefined

/** Whether a constructor is given fields that need no check: by the program, or by the decoder, which has checked them. */
export const isTrusted = (options: MakeOptions): boolean =>
  options !== undefined && (options.disableChecks === true || "~payload" in options)

/** What a Schema consists of, and what the class of a Schema has besides. */
export const schemaMembers: ReadonlyArray<string | symbol> = [
  "~effect/Schema/Schema",
  "ast",
  "pipe",
  "annotate",
  "annotateKey",
  "check",
  "rebuild",
  "toString",
  "fields",
  "members",
  "identifier",
  "make",
  "makeOption",
  "makeEffect",
  "mapFields",
  "extend"
]

/** By this, Schema recognizes an instance that another copy of this library has made. */
export const brandOf = (identifier: string): string => `~effect/Schema/Class/${identifier}`
