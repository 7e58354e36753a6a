import type * as Cause from "effect/Cause"
import type * as Schema from "effect/Schema"
import { type Fields, TaggedError } from "./failure.js"
import type { TaggedClass } from "./shapes.js"

/**
 * What to do about an error, in Chinese and in English, in one or two sentences each.
 *
 * @since 0.1.0
 * @category models
 */
export interface Hint {
  readonly zh: string
  readonly en: string
}

/**
 * The kind of remedy that an error asks for.
 *
 * - `refused`: WeChat, or the other party, says no to this request
 * - `credential`: the token, the secret, a key or the appid is wrong or missing
 * - `permission`: the account, the IP address or the cloud function may not make this call
 * - `quota`: there were too many calls
 * - `network`: WeChat cannot be reached, is busy, or something between mangles the request
 * - `reply`: a reply came and cannot be read
 * - `usage`: the program passes something that is wrong; nothing was sent
 *
 * @since 0.1.0
 * @category models
 */
export type Category = "refused" | "credential" | "permission" | "quota" | "network" | "reply" | "usage"

/**
 * The class of an error of this library: a Schema of itself, with its category as a static.
 *
 * @since 0.1.0
 * @category models
 */
export interface ErrorClass<Self, Tag extends string, Fields extends Schema.Struct.Fields> extends TaggedClass<
  Self,
  Tag,
  Fields,
  Cause.YieldableError & { readonly hint: Hint; readonly category: Category }
> {
  readonly category: Category
}

/** What the class of an error says about all of its instances. */
export interface Description<Instance> {
  /** a function where it depends on the instance; `category` is then the most common one */
  readonly categoryOf?: (error: Instance) => Category
  readonly category: Category
  readonly hint: Hint | ((error: Instance) => Hint)
  /** the message, without what to do */
  readonly summary: (error: Instance) => string
}

/** Makes the class of a tagged error, with `hint`, `category` and `message` from its description. */
export const define =
  <Self>() =>
  <Tag extends string, Schemas extends Schema.Struct.Fields>(
    tag: Tag,
    fields: Fields<Schemas>,
    { category, categoryOf = () => category, hint, summary }: Description<Schema.Struct.Type<Schemas>>
  ): ErrorClass<Self, Tag, Schemas> => {
    // TypeScript cannot extend a class whose fields are a type parameter: the instance is typed by the signature above
    class Base extends TaggedError(tag, fields) {
      static readonly category = category
      get category(): Category {
        return categoryOf(this as never)
      }
      get hint(): Hint {
        return typeof hint === "function" ? hint(this as never) : hint
      }
      override get message(): string {
        return `${summary(this as never)} → ${this.hint.en}`
      }
    }
    return Base as never
  }
