import type * as Cause from "effect/Cause"
import * as Schema from "effect/Schema"

/**
 * What to do about an error, in Chinese and in English, one sentence or two each.
 *
 * @since 0.1.0
 * @category models
 */
export interface Hint {
  readonly zh: string
  readonly en: string
}

/**
 * Who gave an answer: the operation's own interface (`api`), the interface that hands out its credential
 * (`credential`, `/cgi-bin/stable_token`), or CloudBase in front of WeChat (`gateway`, cloud calls only).
 *
 * @since 0.1.0
 * @category models
 */
export const Endpoint = Schema.Literal("api", "credential", "gateway")

/**
 * @since 0.1.0
 * @category models
 */
export type Endpoint = typeof Endpoint.Type

/** The fields that every error of an errcode has beside `_tag` and `errcode`. */
const replyFields = {
  /** WeChat's name of the operation, such as `pluginManager.getPluginList` */
  api: Schema.String,
  endpoint: Endpoint,
  /** WeChat's text, unchanged */
  errmsg: Schema.String,
  /** what WeChat's support asks for: the `rid` of `errmsg` */
  requestId: Schema.optionalWith(Schema.String, { exact: true }),
  /** whether the same call may soon succeed and can be repeated without harm */
  isRetryable: Schema.Boolean
}

type Fields<Tag extends string, Errcode extends Schema.Schema.Any> = typeof replyFields & {
  readonly _tag: Schema.tag<Tag>
  readonly errcode: Errcode
}

/**
 * What the class of an errcode says of itself: the codes it stands for, whether they pass by themselves, and what to do.
 *
 * @since 0.1.0
 * @category models
 */
export interface About<Codes extends ReadonlyArray<number>> {
  readonly codes: Codes
  /** the same call may succeed a moment later */
  readonly isTransient: boolean
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
  extends
    Schema.Class<
      Self,
      Fields<Tag, Errcode>,
      Schema.Struct.Encoded<Fields<Tag, Errcode>>,
      never,
      Schema.Struct.Constructor<Omit<Fields<Tag, Errcode>, "_tag">>,
      {},
      Cause.YieldableError & { readonly hint: Hint }
    >,
    About<Codes> {
  readonly _tag: Tag
}

const make = <Tag extends string, Errcode extends Schema.Schema.Any, const Codes extends ReadonlyArray<number>>(
  tag: Tag,
  errcode: Errcode,
  about: About<Codes>
) => {
  class Base extends Schema.TaggedError<Base>(`@effect-wechat/plugin-manager/${tag}`)(tag, {
    ...replyFields,
    errcode: errcode as unknown as Schema.Schema<number>
  }) {
    static readonly codes = about.codes
    static readonly isTransient = about.isTransient
    static readonly hint = about.hint
    get hint(): Hint {
      return typeof about.hint === "function" ? about.hint(this.api) : about.hint
    }
    override get message(): string {
      return `${this.api}: errcode ${this.errcode}: ${this.errmsg} → ${this.hint.en}`
    }
  }
  return Base
}

/**
 * Makes the class of one errcode, or of several that mean the same or ask for the same remedy. Whoever adds an operation
 * to this library, or calls another of WeChat's interfaces in the same way, declares its errcodes with it.
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
    about: Omit<About<Codes>, "isTransient"> & { readonly isTransient?: boolean }
  ): ErrcodeErrorClass<Self, Tag, Schema.Literal<[...Codes]>, Codes> =>
    make(tag, Schema.Literal(...about.codes), { isTransient: false, ...about }) as never

/**
 * An errcode that has no class of its own, or none that the operation is documented to answer: number and text are kept.
 *
 * @since 0.1.0
 * @category errors
 */
export class UnknownErrcode extends (make("UnknownErrcode", Schema.Int, {
  codes: [],
  isTransient: false,
  hint: {
    zh: "文档未列出的错误码：请按错误码与 errmsg 在微信开放社区查询，并附上 requestId。",
    en: "WeChat does not document this code here: look it up in WeChat's developer community by number and text, with the request id."
  }
}) as unknown as ErrcodeErrorClass<UnknownErrcode, "UnknownErrcode", typeof Schema.Int, readonly []>) {}
