import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { nullable, renamed, withDefault } from "../internal/fields.js"
import { PluginStatus } from "./PluginStatus.js"

/**
 * A category (类目) of a mini program, in two levels.
 *
 * @since 0.1.0
 * @category models
 */
export interface Category {
  readonly first: string
  /** absent where WeChat sends only one level */
  readonly second?: string
}

/**
 * An application for a plugin, or a mini program that uses it (插件使用方).
 *
 * **Gotchas** Fields of WeChat's reply that are not listed here are dropped.
 *
 * @since 0.1.0
 * @category models
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.getPluginDevApplyList.html
 */
export interface PluginApplication {
  /** the appid of the mini program that applies */
  readonly appid: string
  /** the status of the application */
  readonly status: PluginStatus
  /** the mini program's name; empty where WeChat sends none */
  readonly nickname: string
  /** the URL of its avatar; empty where WeChat sends none */
  readonly headimgurl: string
  /** what the applicant wrote */
  readonly reason?: string
  /** the URL of an image: the mini program's code (小程序码) */
  readonly applyUrl: string
  /** when it applied, in whole seconds; another time does not encode */
  readonly createTime: DateTime.Utc
  /** the mini program's categories (类目); empty where WeChat sends none */
  readonly categories: ReadonlyArray<Category>
}

/** The seconds of twelve digits reach the year 33658, so each of them is a date. */
const maxSeconds = 999_999_999_999

const Seconds = Schema.Union(
  Schema.String.pipe(Schema.pattern(/^\d{1,12}$/, { description: "a string of whole seconds since 1970" })),
  Schema.Int.pipe(Schema.between(0, maxSeconds))
)

const CreateTime = Schema.transform(
  Seconds,
  Schema.DateTimeUtcFromSelf.annotations({
    arbitrary: () => (fc) =>
      fc.integer({ min: 0, max: maxSeconds }).map((seconds) => DateTime.unsafeMake(seconds * 1000))
  }),
  {
    strict: true,
    decode: (seconds) => DateTime.unsafeMake(Number(seconds) * 1000),
    encode: ({ epochMillis }) => String(epochMillis / 1000)
  }
)

const Category = Schema.Struct({ first: Schema.String, second: nullable(Schema.String) })

/**
 * Decodes WeChat's JSON of an application. It also accepts what other clients have seen: a `nickname`, `headimgurl` or second category
 * that is null or absent, a `create_time` that is a number, a `status` that is a string of digits.
 *
 * @since 0.1.0
 * @category schemas
 */
export const PluginApplication = Schema.Struct({
  appid: Schema.String,
  status: PluginStatus,
  nickname: withDefault(Schema.String, () => ""),
  headimgurl: withDefault(Schema.String, () => ""),
  reason: nullable(Schema.String),
  applyUrl: renamed(Schema.String, "apply_url"),
  createTime: renamed(CreateTime, "create_time"),
  categories: withDefault(Schema.Array(Category), () => [])
}).annotations({ identifier: "PluginApplication" })
