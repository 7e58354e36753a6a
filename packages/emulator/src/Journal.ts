/**
 * What the emulator was asked, and what it replied.
 *
 * @since 0.1.0
 */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as internal from "./internal/journalLine.js"

const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

/**
 * The doors of the emulator:
 *
 * - `token`: whatever hands out a credential, that is `/cgi-bin/stable_token`, `/cgi-bin/token` and the two of `/cgi-bin/component`
 * - `plugin`: `/wxa/plugin` and `/wxa/devplugin`, with a token or by the open-interface service
 * - `gateway`: `/admin`
 * - `quota`: `/cgi-bin/clear_quota`
 *
 * @category schemas
 * @since 0.1.0
 */
export const Endpoint = Schema.Literal("token", "plugin", "gateway", "quota")

/**
 * @category models
 * @since 0.1.0
 */
export type Endpoint = typeof Endpoint.Type

/**
 * What a request was for, by WeChat's name, whichever way it came.
 *
 * **Gotchas**
 *
 * `pluginManager.updatePlugin` is our name: WeChat has none, since no cloud call does it.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Operation = Schema.Literal(
  "pluginManager.getPluginList",
  "pluginManager.applyPlugin",
  "pluginManager.unbindPlugin",
  "pluginManager.updatePlugin",
  "pluginManager.getPluginDevApplyList",
  "pluginManager.setDevPluginApplyStatus",
  "getStableAccessToken",
  "getAccessToken",
  "getComponentAccessToken",
  "getAuthorizerAccessToken",
  "clearQuota"
)

/**
 * @category models
 * @since 0.1.0
 */
export type Operation = typeof Operation.Type

const Masked = Schema.transform(Schema.String, Schema.RedactedFromSelf(Schema.String), {
  decode: (text) => Redacted.make(text),
  encode: () => "<redacted>"
})

/**
 * The credential that came with a request, and the name it came under. As JSON it has no value.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Credential = Schema.Struct({
  parameter: Schema.Literal(
    "access_token",
    "cloudbase_access_token",
    "component_access_token",
    "wxCloudApiToken",
    "wxCloudbaseAccesstoken"
  ),
  value: Masked
}).annotations({ identifier: "Credential" })

/**
 * @category models
 * @since 0.1.0
 */
export type Credential = typeof Credential.Type

/**
 * What the reply was: empty while the request waits for it. `status` stays away when no reply was sent, `errcode` when
 * it named none.
 *
 * @category schemas
 * @since 0.1.0
 */
export const EntryReply = Schema.Struct({
  status: optional(Schema.Int),
  errcode: optional(Schema.Int),
  fault: optional(Schema.String)
}).annotations({ identifier: "EntryReply" })

/**
 * @category models
 * @since 0.1.0
 */
export type EntryReply = typeof EntryReply.Type

/**
 * The body of a gateway request, decoded from its multipart parts and its protobuf message.
 *
 * @category models
 * @since 0.1.0
 */
export interface GatewayBody {
  readonly apiName: string
  readonly appid?: string
  readonly data: Readonly<Record<string, unknown>>
  readonly partNames: ReadonlyArray<string>
  readonly envName: string
}

/**
 * One request. It can be printed or sent anywhere: every secret in it is a `Redacted`, or was left out.
 *
 * - `operation` stays away when nobody can tell what the request was for.
 * - `query` has no credential in it; that one is `credential`.
 * - `body` is the decoded JSON of the request, at the gateway a {@link GatewayBody}; absent when it could not be decoded.
 * - `rawBody` is the text as it came, for `plugin` only.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Entry = Schema.Struct({
  seq: Schema.Int,
  endpoint: Schema.Union(Endpoint, Schema.Literal("unknown")),
  operation: optional(Operation),
  method: Schema.String,
  path: Schema.String,
  query: Schema.Record({ key: Schema.String, value: Schema.String }),
  credential: optional(Credential),
  contentType: optional(Schema.String),
  body: Schema.optional(Schema.Unknown),
  rawBody: optional(Schema.String),
  reply: EntryReply
}).annotations({ identifier: "Entry" })

/**
 * @category models
 * @since 0.1.0
 */
export type Entry = typeof Entry.Type

/**
 * An entry as one readable line, without secrets.
 *
 * @category formatting
 * @since 0.1.0
 */
export const format: (entry: Entry) => string = internal.format
