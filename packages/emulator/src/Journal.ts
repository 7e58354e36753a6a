/**
 * What the emulator was asked, and what it replied.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as internal from "./internal/journalLine.js"

/**
 * The doors of the emulator:
 *
 * - `token`: whatever hands out a credential, that is `/cgi-bin/stable_token`, `/cgi-bin/token` and the two of `/cgi-bin/component`
 * - `plugin`: `/wxa/plugin` and `/wxa/devplugin`, with a token or by the open-interface service
 * - `gateway`: `/admin`
 * - `quota`: `/cgi-bin/clear_quota` and `/cgi-bin/openapi/quota/get`
 *
 * @category models
 * @since 0.1.0
 */
export type Endpoint = "token" | "plugin" | "gateway" | "quota"

/**
 * What a request was for, by WeChat's name, whichever way it came.
 *
 * **Gotchas**
 *
 * `pluginManager.updatePlugin` is our name: WeChat has none, since no cloud call does it.
 *
 * @category models
 * @since 0.1.0
 */
export type Operation =
  | "pluginManager.getPluginList"
  | "pluginManager.applyPlugin"
  | "pluginManager.unbindPlugin"
  | "pluginManager.updatePlugin"
  | "pluginManager.getPluginDevApplyList"
  | "pluginManager.setDevPluginApplyStatus"
  | "getStableAccessToken"
  | "getAccessToken"
  | "getComponentAccessToken"
  | "getAuthorizerAccessToken"
  | "clearQuota"
  | "getApiQuota"

/**
 * The credential that came with a request, and the name it came under.
 *
 * @category models
 * @since 0.1.0
 */
export interface Credential {
  readonly parameter:
    | "access_token"
    | "cloudbase_access_token"
    | "component_access_token"
    | "wxCloudApiToken"
    | "wxCloudbaseAccesstoken"
  readonly value: Redacted.Redacted<string>
}

/**
 * What the reply was: empty while the request waits for it. `status` stays away when no reply was sent, `errcode` when
 * it named none.
 *
 * @category models
 * @since 0.1.0
 */
export interface EntryReply {
  readonly status?: number
  readonly errcode?: number
  readonly fault?: string
}

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
 * - `rawBody` is the text as it came, for `plugin` only; what was encrypted is still encrypted in it, and decrypted in `body`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entry {
  readonly seq: number
  readonly endpoint: Endpoint | "unknown"
  readonly operation?: Operation
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly credential?: Credential
  readonly contentType?: string
  readonly body?: unknown
  readonly rawBody?: string
  readonly reply: EntryReply
}

/**
 * An entry as one readable line, without secrets.
 *
 * @category formatting
 * @since 0.1.0
 */
export const format: (entry: Entry) => string = internal.format
