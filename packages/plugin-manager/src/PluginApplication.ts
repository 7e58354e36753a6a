/**
 * A mini program's application for a plugin, as the plugin's developer sees it.
 *
 * @since 0.1.0
 */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { PluginStatus } from "./PluginStatus.js"

/** A string of seconds; twelve digits are the year 33658, so that every one of them is a date. */
const CreateTime = Schema.transform(
  Schema.String.pipe(Schema.pattern(/^\d{1,12}$/, { description: "a string of whole seconds since 1970" })),
  Schema.DateTimeUtcFromSelf.annotations({
    arbitrary: () => (fc) =>
      fc.integer({ min: 0, max: 999_999_999_999 }).map((seconds) => DateTime.unsafeMake(seconds * 1000))
  }),
  {
    strict: true,
    decode: (seconds) => DateTime.unsafeMake(Number(seconds) * 1000),
    encode: ({ epochMillis }) => String(epochMillis / 1000)
  }
)

/**
 * An application, or a mini program that uses the plugin (插件使用方).
 *
 * - `appid`: of the mini program that applies
 * - `status`: the state of the application
 * - `nickname`, `headimgurl`: name and avatar of the mini program
 * - `reason`: what the applicant wrote; absent where WeChat sends none, or null
 * - `applyUrl`: URL of an image, the mini program's code (小程序码)
 * - `createTime`: when it applied; WeChat has whole seconds, and another time does not encode
 * - `categories`: the mini program's categories (类目), each in two levels; none where WeChat sends none, or null
 *
 * **Gotchas** Fields that are not listed here are dropped.
 *
 * @since 0.1.0
 * @category schemas
 * @see https://developers.weixin.qq.com/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.getPluginDevApplyList.html
 */
export const PluginApplication = Schema.Struct({
  appid: Schema.String,
  status: PluginStatus,
  nickname: Schema.String,
  headimgurl: Schema.String,
  reason: Schema.optionalWith(Schema.String, { exact: true, nullable: true }),
  applyUrl: Schema.propertySignature(Schema.String).pipe(Schema.fromKey("apply_url")),
  createTime: Schema.propertySignature(CreateTime).pipe(Schema.fromKey("create_time")),
  categories: Schema.optionalWith(Schema.Array(Schema.Struct({ first: Schema.String, second: Schema.String })), {
    exact: true,
    nullable: true,
    default: () => []
  })
}).annotations({ identifier: "PluginApplication" })

/**
 * @since 0.1.0
 * @category models
 */
export type PluginApplication = typeof PluginApplication.Type
