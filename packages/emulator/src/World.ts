/**
 * What there is in the emulated WeChat, as plain data: mini programs, plugins, applications and third-party platforms.
 *
 * @since 0.1.0
 */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { ApiSecurity } from "./internal/domain/schema.js"

export { ApiSecurity } from "./internal/domain/schema.js"

const Secret = Schema.Redacted(Schema.String)
const Strings = Schema.Array(Schema.String)
const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })
const withDefault = <A, I>(schema: Schema.Schema<A, I>, value: A) =>
  Schema.optionalWith(schema, { default: () => value })

const account = {
  appid: Schema.NonEmptyString,
  headimgurl: withDefault(Schema.String, "http://wx.qlogo.cn/mmhead/emulator/0"),
  applyUrl: withDefault(Schema.String, "http://mmbiz.qpic.cn/emulator/code"),
  categories: withDefault(Schema.Array(Schema.Struct({ first: Schema.String, second: Schema.String })), [
    { first: "工具", second: "效率" }
  ]),
  pluginLimit: withDefault(Schema.NonNegativeInt, 5),
  ipWhitelist: optional(Strings),
  env: optional(Schema.String),
  sharesWith: withDefault(Strings, []),
  apiSecurity: optional(ApiSecurity)
}

/**
 * An account. Only its `appid` has to be given.
 *
 * - `appSecret`: made up from the appid, and good for nothing but this emulator
 * - `nickname`, `headimgurl`, `applyUrl`, `categories`: what the owner of a plugin sees of an applicant
 * - `pluginLimit`: how many plugins it may use or apply for, 5 by default
 * - `ipWhitelist`: who may get a token, everybody when there is none; the emulator sees `127.0.0.1`
 * - `env`: its cloud environment; the first mini program also has each environment that is nobody's
 * - `sharesWith`: the mini programs that its cloud functions may act for, by `cloud.openapi({ appid })`
 * - `apiSecurity`: with it the calls of the plugin API have to be signed and encrypted, and their replies are
 *
 * @category schemas
 * @since 0.1.0
 */
export const MiniProgram = Schema.transform(
  Schema.Struct({ ...account, appSecret: optional(Secret), nickname: optional(Schema.String) }),
  Schema.typeSchema(Schema.Struct({ ...account, appSecret: Secret, nickname: Schema.String })),
  {
    decode: (seed) => ({
      appSecret: Redacted.make(`made-up-secret-of-${seed.appid}`),
      nickname: `小程序 ${seed.appid}`,
      ...seed
    }),
    encode: (miniProgram) => miniProgram
  }
).annotations({ identifier: "MiniProgram" })

/**
 * @category models
 * @since 0.1.0
 */
export type MiniProgram = typeof MiniProgram.Type

/**
 * A plugin.
 *
 * - `owner`: the mini program that decides about applications; of a plugin without one they wait until they time out
 * - `refuses`: nobody can apply, and this is the errcode that says so
 * - `autoApproves`: an application is approved at once
 * - `isLive`: the live broadcast plugin (zhibo), which cannot be unbound
 * - `versions`: what `update` can go to; `grayVersions` are still on their way to everybody
 *
 * **Gotchas**
 *
 * On WeChat a mini program has one plugin at most, so that an application is known by its applicant. Of an owner of several, the
 * first application of that applicant is meant.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Plugin = Schema.Struct({
  appid: Schema.NonEmptyString,
  owner: optional(Schema.String),
  nickname: withDefault(Schema.String, "插件"),
  headimgurl: withDefault(Schema.String, "http://wx.qlogo.cn/mmhead/emulator-plugin/0"),
  refuses: optional(Schema.Literal(89236, 89245, 89246)),
  autoApproves: withDefault(Schema.Boolean, false),
  isLive: withDefault(Schema.Boolean, false),
  versions: withDefault(Strings, ["1.0.0"]),
  grayVersions: withDefault(Strings, [])
}).annotations({ identifier: "Plugin" })

/**
 * @category models
 * @since 0.1.0
 */
export type Plugin = typeof Plugin.Type

/**
 * A mini program's application for a plugin, and what became of it. An approved one is a plugin in use.
 *
 * - `status`: 1 applying, 2 approved, 3 refused, 4 timed out; any other number is listed as it stands
 * - `createTime`: milliseconds since 1970; when the world is seeded, if none is given
 * - `reason`: the applicant's, `refuseReason`: the owner's
 * - `userVersion`: the version that `update` went to
 *
 * **Gotchas**
 *
 * Time does its work: a status 1 is read as 4 once 48 hours have gone by since `createTime`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Application = Schema.Struct({
  applicant: Schema.NonEmptyString,
  plugin: Schema.NonEmptyString,
  status: withDefault(Schema.Int, 1),
  createTime: optional(Schema.JsonNumber),
  reason: optional(Schema.String),
  refuseReason: optional(Schema.String),
  userVersion: optional(Schema.String)
}).annotations({ identifier: "Application" })

/**
 * @category models
 * @since 0.1.0
 */
export type Application = typeof Application.Type

/**
 * What a mini program allows a third-party platform. Plugins are the permission set 40; `isBroken` is what a changed password
 * does to it (42007).
 *
 * @category schemas
 * @since 0.1.0
 */
export const Authorization = Schema.Struct({
  appid: Schema.NonEmptyString,
  refreshToken: withDefault(Secret, Redacted.make("refreshtoken@@@made-up-of-the-emulator")),
  permissionSets: withDefault(Schema.Array(Schema.Int), [40]),
  isBroken: withDefault(Schema.Boolean, false)
}).annotations({ identifier: "Authorization" })

/**
 * @category models
 * @since 0.1.0
 */
export type Authorization = typeof Authorization.Type

/**
 * A third-party platform, which calls in the name of the mini programs that authorized it.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Platform = Schema.Struct({
  appid: Schema.NonEmptyString,
  appSecret: withDefault(Secret, Redacted.make("made-up-secret-of-a-platform-of-the-emulator")),
  verifyTicket: withDefault(Secret, Redacted.make("ticket@@@made-up-of-the-emulator")),
  authorizations: withDefault(Schema.Array(Authorization), [])
}).annotations({ identifier: "Platform" })

/**
 * @category models
 * @since 0.1.0
 */
export type Platform = typeof Platform.Type

/**
 * Everything that WeChat knows. The first mini program is the one that `appId` and its like of the emulator belong to.
 *
 * @category schemas
 * @since 0.1.0
 */
export const World = Schema.Struct({
  miniPrograms: Schema.NonEmptyArray(MiniProgram),
  plugins: withDefault(Schema.Array(Plugin), []),
  applications: withDefault(Schema.Array(Application), []),
  platforms: withDefault(Schema.Array(Platform), [])
}).annotations({ identifier: "World" })

/**
 * @category models
 * @since 0.1.0
 */
export type World = typeof World.Type

/**
 * A world as it is written down: in a test, or as the JSON of the control API. What is left out is made up.
 *
 * @category models
 * @since 0.1.0
 */
export type Seed = typeof World.Encoded

/**
 * A world out of what matters about it. What cannot be one throws.
 *
 * @example
 * ```ts
 * import { Emulator, World } from "@effect-wechat/emulator"
 *
 * const world = World.make({
 *   miniPrograms: [{ appid: "wx-applicant", pluginLimit: 1 }, { appid: "wx-developer" }],
 *   plugins: [{ appid: "wx-plugin", owner: "wx-developer" }],
 *   applications: [{ applicant: "wx-applicant", plugin: "wx-plugin", reason: "地图" }]
 * })
 *
 * const layer = Emulator.layer({ world })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make: (seed: Seed) => World = Schema.decodeSync(World)

/**
 * What the emulator starts with: one mini program with the plugin of WeChat's page, word for word, and one more for each status;
 * the developer of the page's plugin; a platform that the first one authorized.
 *
 * @category constants
 * @since 0.1.0
 */
export const sample: World = make({
  miniPrograms: [{ appid: "wx00000000000000a1" }, { appid: "wx00000000000000d1" }],
  plugins: [
    {
      appid: "aaaa",
      owner: "wx00000000000000d1",
      nickname: "插件昵称",
      headimgurl: "http://plugin.qq.com"
    },
    {
      appid: "wx00000000000000b2",
      nickname: "腾讯位置服务路线规划",
      headimgurl: "http://wx.qlogo.cn/mmhead/emulator-route/0",
      versions: ["1.0.0", "1.1.0"]
    },
    {
      appid: "wx00000000000000b3",
      nickname: "客服小助手",
      headimgurl: "http://wx.qlogo.cn/mmhead/emulator-service/0"
    },
    {
      appid: "wx00000000000000b4",
      nickname: "门店 & 地图",
      headimgurl: "http://wx.qlogo.cn/mmhead/emulator-stores/0"
    }
  ],
  applications: [
    { applicant: "wx00000000000000a1", plugin: "aaaa" },
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b2", status: 2 },
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b3", status: 3, reason: "用于售后咨询" },
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b4", status: 4 }
  ],
  platforms: [{ appid: "wx00000000000000e1", authorizations: [{ appid: "wx00000000000000a1" }] }]
})

/**
 * One element of `plugin_list`, in the shape of the wire.
 *
 * **Gotchas** `reason` is on no page of WeChat's, yet live replies carry it.
 *
 * @category schemas
 * @since 0.1.0
 */
export const PluginListItem = Schema.Struct({
  appid: Schema.String,
  status: Schema.Int,
  nickname: Schema.String,
  headimgurl: Schema.String,
  reason: optional(Schema.String)
}).annotations({ identifier: "PluginListItem" })

/**
 * @category models
 * @since 0.1.0
 */
export type PluginListItem = typeof PluginListItem.Type
