import type * as Schema from "effect/Schema"
import { type Category, define, type ErrorClass, type Hint } from "./define.js"
import { endpoints, type Field, type Fields, flag, integer, oneOf, optionalText, text } from "./failure.js"
import type { Endpoint } from "./schema.js"
import type { OptionalText } from "./shapes.js"

/**
 * What an error of an errcode takes from WeChat's reply.
 *
 * @since 0.1.0
 * @category models
 */
export interface ErrcodeReply {
  readonly api: string
  readonly endpoint: Endpoint
  readonly errcode: number
  readonly errmsg: string
  readonly requestId?: string
  readonly isRetryable: boolean
}

/** The Schemas of the fields that every error of an errcode has beside `_tag` and `errcode`. */
type ReplySchemas = {
  /** WeChat's name of the operation, such as `pluginManager.getPluginList` */
  readonly api: typeof Schema.String
  readonly endpoint: typeof Endpoint
  /** WeChat's text, unchanged */
  readonly errmsg: typeof Schema.String
  /** the `rid` of `errmsg`, which WeChat's support asks for */
  readonly requestId: OptionalText
  /** whether the same call may soon succeed and can be repeated without harm */
  readonly isRetryable: typeof Schema.Boolean
}

const replyFields: Fields<ReplySchemas> = {
  api: text,
  endpoint: oneOf(endpoints),
  errmsg: text,
  requestId: optionalText,
  isRetryable: flag
}

/**
 * Describes the class of an errcode.
 *
 * @since 0.1.0
 * @category models
 */
export interface ErrcodeInfo<Codes extends ReadonlyArray<number>> {
  /** the codes that it stands for */
  readonly codes: Codes
  readonly category: Category
  /** whether the same call may succeed a moment later */
  readonly isTransient: boolean
  /** what to do; a function of the operation's name where the name is part of it */
  readonly hint: Hint | ((api: string) => Hint)
}

/**
 * The class of an error that WeChat reports by an errcode.
 *
 * @since 0.1.0
 * @category models
 */
export interface ErrcodeErrorClass<
  Self,
  Tag extends string,
  Errcode extends Schema.Schema.Any,
  Codes extends ReadonlyArray<number>
>
  extends ErrorClass<Self, Tag, ReplySchemas & { readonly errcode: Errcode }>, ErrcodeInfo<Codes> {
  /** The error of a reply whose errcode is one of `codes`. */
  readonly fromReply: (reply: ErrcodeReply) => Self
}

/**
 * What an operation needs to know about the class of an errcode.
 *
 * @since 0.1.0
 * @category models
 */
export interface ErrcodeClass<out Error> {
  readonly codes: ReadonlyArray<number>
  readonly isTransient: boolean
  readonly fromReply: (reply: ErrcodeReply) => Error
}

const make = <Self, Tag extends string, Errcode extends Schema.Schema.Any, Codes extends ReadonlyArray<number>>(
  tag: Tag,
  errcode: Field<Schema.Schema.Any>,
  { category, codes, hint, isTransient }: ErrcodeInfo<Codes>
): ErrcodeErrorClass<Self, Tag, Errcode, Codes> => {
  const Base = define<Self>()<Tag, ReplySchemas & { readonly errcode: Schema.Schema<number> }>(
    tag,
    { ...replyFields, errcode: errcode as unknown as Field<Schema.Schema<number>> },
    {
      category,
      hint: ({ api }) => (typeof hint === "function" ? hint(api) : hint),
      summary: ({ api, errcode, errmsg }) => `${api}: errcode ${errcode}: ${errmsg}`
    }
  )
  // `this`: the class that extends this one
  const fromReply = function (this: typeof Base, reply: ErrcodeReply) {
    return new this(reply)
  }
  return Object.assign(Base, { codes, isTransient, hint, fromReply }) as never
}

/**
 * Makes the class of one errcode, or of several that mean the same or ask for the same remedy. Use it to declare the errcodes of an
 * operation that you add to this library, or of another WeChat API that you call in the same way.
 *
 * @since 0.1.0
 * @category constructors
 * @example
 * ```ts
 * import { PluginManagerError } from "@effect-wechat/plugin-manager"
 *
 * class TemplateNotFound extends PluginManagerError.ErrcodeError<TemplateNotFound>()("TemplateNotFound", {
 *   codes: [85064],
 *   hint: { zh: "请核对模板 ID。", en: "Check the template id." }
 * }) {}
 * ```
 */
export const ErrcodeError =
  <Self>() =>
  <Tag extends string, const Codes extends readonly [number, ...Array<number>]>(
    tag: Tag,
    info: Pick<ErrcodeInfo<Codes>, "codes" | "hint"> & Partial<Pick<ErrcodeInfo<Codes>, "category" | "isTransient">>
  ): ErrcodeErrorClass<Self, Tag, Schema.Literal<[...Codes]>, Codes> =>
    make<Self, Tag, Schema.Literal<[...Codes]>, Codes>(tag, oneOf(info.codes), {
      category: "refused",
      isTransient: false,
      ...info
    })

/**
 * An errcode that has no class of its own, or that the operation is not documented to return. Number and text are kept.
 *
 * @since 0.1.0
 * @category errors
 */
export class UnknownErrcode extends make<UnknownErrcode, "UnknownErrcode", typeof Schema.Int, readonly []>(
  "UnknownErrcode",
  integer,
  {
    codes: [],
    category: "refused",
    isTransient: false,
    hint: {
      zh: "文档未列出的错误码：请按错误码与 errmsg 在微信开放社区查询，并附上 requestId。",
      en: "WeChat does not document this code here: look it up in WeChat's developer community by number and text, with the request id."
    }
  }
) {}
