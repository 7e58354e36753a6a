/**
 * The contents of the emulated WeChat, as plain data: mini programs, plugins, applications and components.
 *
 * @since 0.1.0
 */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { optional, Secret, withDefault } from "./internal/domain/schema.js"

const Strings = Schema.Array(Schema.String)

const WechatKey = Schema.Struct({ sn: Schema.String, privateKey: Secret })

/**
 * The keys of API security (API 安全), in PEM as OpenSSL reads it. The emulator holds the keys of both sides, because it signs as WeChat.
 *
 * - `symmetricKey`: the number of the AES256_GCM key, and the key: 32 bytes in base64. Without it calls get 40238.
 * - `publicKey`: the mini program's public key, which verifies its signatures (RSAwithSHA256). Without it calls get 40239.
 * - `wechatKey`: the number of WeChat's certificate (平台证书) and its private key, which signs replies
 * - `deprecatedWechatKey`: the certificate that `wechatKey` replaces. While it is present, replies are signed with both.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ApiSecurity = Schema.Struct({
  symmetricKey: optional(Schema.Struct({ sn: Schema.String, key: Secret })),
  publicKey: optional(Schema.String),
  wechatKey: WechatKey,
  deprecatedWechatKey: optional(WechatKey)
}).annotations({ identifier: "ApiSecurity" })

/**
 * @category models
 * @since 0.1.0
 */
export interface ApiSecurity extends Schema.Schema.Type<typeof ApiSecurity> {}

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
 * A mini program. Only its `appid` is required.
 *
 * - `appSecret`: by default made up from the appid. It is valid in this emulator only.
 * - `nickname`, `headimgurl`, `applyUrl`, `categories`: what the owner of a plugin sees of an applicant
 * - `pluginLimit`: how many plugins it may use or apply for; 5 by default
 * - `ipWhitelist`: the addresses that may get a token; without it every address may. Requests to the emulator come from `127.0.0.1`.
 * - `env`: its cloud environment. The first mini program owns every environment that is not assigned.
 * - `sharesWith`: the mini programs that its cloud functions may act for with `cloud.openapi({ appid })`
 * - `apiSecurity`: if present, calls of the plugin API must be signed and encrypted, and so are their replies
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
export interface MiniProgram extends Schema.Schema.Type<typeof MiniProgram> {}

/**
 * A plugin.
 *
 * - `owner`: the mini program that decides about applications. Without an owner, applications wait until they time out.
 * - `refuses`: the errcode that refuses every application
 * - `autoApproves`: whether an application is approved at once
 * - `isLive`: whether it is the live broadcast plugin (zhibo), which cannot be unbound
 * - `versions`: the versions that `update` accepts
 * - `grayVersions`: the versions that are still in gray release, which `update` refuses
 *
 * **Gotchas**
 *
 * On WeChat a mini program owns at most one plugin, so the appid of the applicant identifies an application. If an owner has several
 * plugins in the emulator, its decisions apply to the first application of that applicant.
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
export interface Plugin extends Schema.Schema.Type<typeof Plugin> {}

/**
 * A mini program's application for a plugin. An approved application is a plugin in use.
 *
 * - `status`: 1 applying, 2 approved, 3 refused, 4 timed out. Any other number is listed unchanged.
 * - `createTime`: in milliseconds since 1970; by default the time at which the world is seeded
 * - `reason`: the applicant's reason
 * - `refuseReason`: the owner's reason
 * - `userVersion`: the version of the last `update`
 *
 * **Gotchas**
 *
 * An application with status 1 is listed with status 4 from 48 hours after its `createTime`.
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
export interface Application extends Schema.Schema.Type<typeof Application> {}

/**
 * What a mini program permits a component.
 *
 * - `refreshToken`: the token with which the component gets an authorizer token
 * - `permissionSets`: WeChat's permission sets. Plugins are set 40, the default; `getPluginOpenPId` needs set 18.
 * - `isBroken`: whether the authorization is invalid (42007), as after a change of the password
 * - `authTime`: in seconds since 1970; by default the time at which the emulator started
 *
 * @category schemas
 * @since 0.1.0
 */
export const Authorization = Schema.Struct({
  appid: Schema.NonEmptyString,
  refreshToken: withDefault(Secret, Redacted.make("refreshtoken@@@made-up-of-the-emulator")),
  permissionSets: withDefault(Schema.Array(Schema.Int), [40]),
  isBroken: withDefault(Schema.Boolean, false),
  authTime: optional(Schema.JsonNumber)
}).annotations({ identifier: "Authorization" })

/**
 * @category models
 * @since 0.1.0
 */
export interface Authorization extends Schema.Schema.Type<typeof Authorization> {}

/**
 * A third-party platform (第三方平台), which WeChat's API calls a component. It makes calls on behalf of the mini programs that
 * authorized it.
 *
 * - `verifyTicket`: the ticket that was pushed last
 * - `eventUrl`: where `push` sends its authorization events, if no other URL is given
 * - `pushToken`, `encodingAesKey`: what pushes are signed and encrypted with (消息校验 Token, 消息加解密 Key)
 *
 * @category schemas
 * @since 0.1.0
 */
export const Component = Schema.Struct({
  appid: Schema.NonEmptyString,
  appSecret: withDefault(Secret, Redacted.make("made-up-secret-of-a-component-of-the-emulator")),
  verifyTicket: withDefault(Secret, Redacted.make("ticket@@@made-up-of-the-emulator")),
  authorizations: withDefault(Schema.Array(Authorization), []),
  eventUrl: optional(Schema.String),
  pushToken: withDefault(Secret, Redacted.make("made-up-token-of-the-emulator")),
  encodingAesKey: withDefault(
    Schema.Redacted(Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]{43}$/))),
    Redacted.make("madeUpEncodingAesKeyOfTheEmulator0123456789")
  )
}).annotations({ identifier: "Component" })

/**
 * @category models
 * @since 0.1.0
 */
export interface Component extends Schema.Schema.Type<typeof Component> {}

/**
 * The whole state of the emulated WeChat. The emulator's `appId`, `appSecret` and `plugins` are those of the first mini program.
 *
 * @category schemas
 * @since 0.1.0
 */
export const World = Schema.Struct({
  miniPrograms: Schema.NonEmptyArray(MiniProgram),
  plugins: withDefault(Schema.Array(Plugin), []),
  applications: withDefault(Schema.Array(Application), []),
  components: withDefault(Schema.Array(Component), [])
}).annotations({ identifier: "World" })

/**
 * @category models
 * @since 0.1.0
 */
export interface World extends Schema.Schema.Type<typeof World> {}

/**
 * The JSON of a world, as tests and the control API write it. Absent fields get their defaults.
 *
 * @category models
 * @since 0.1.0
 */
export interface Seed extends Schema.Schema.Encoded<typeof World> {}

/**
 * Makes a world and fills in the defaults. Throws a `ParseError` if the seed is invalid.
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
 * The default world: a mini program that lists the sample plugin of WeChat's page and one plugin for each further status, the
 * developer of the sample plugin, and a component that the first mini program authorized.
 *
 * @category constants
 * @since 0.1.0
 */
export const sample: World = make({
  miniPrograms: [{ appid: "wx00000000000000a1" }, { appid: "wx00000000000000d1" }],
  plugins: [
    { appid: "aaaa", owner: "wx00000000000000d1", nickname: "插件昵称", headimgurl: "http://plugin.qq.com" },
    {
      appid: "wx00000000000000b2",
      nickname: "腾讯位置服务路线规划",
      headimgurl: "http://wx.qlogo.cn/mmhead/emulator-route/0",
      versions: ["1.0.0", "1.1.0"]
    },
    { appid: "wx00000000000000b3", nickname: "客服小助手", headimgurl: "http://wx.qlogo.cn/mmhead/emulator-service/0" },
    { appid: "wx00000000000000b4", nickname: "门店 & 地图", headimgurl: "http://wx.qlogo.cn/mmhead/emulator-stores/0" }
  ],
  applications: [
    { applicant: "wx00000000000000a1", plugin: "aaaa" },
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b2", status: 2 },
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b3", status: 3, reason: "用于售后咨询" },
    { applicant: "wx00000000000000a1", plugin: "wx00000000000000b4", status: 4 }
  ],
  components: [{ appid: "wx00000000000000e1", authorizations: [{ appid: "wx00000000000000a1" }] }]
})

/**
 * One element of `plugin_list`, as WeChat sends it.
 *
 * **Gotchas**
 *
 * WeChat's pages do not document `reason`, but live replies contain it.
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
export interface PluginListItem extends Schema.Schema.Type<typeof PluginListItem> {}
