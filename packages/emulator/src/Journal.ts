/**
 * The requests that the emulator received, and its replies.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"

/**
 * The endpoints of the emulator:
 *
 * - `token`: every path that issues a token: `/cgi-bin/stable_token`, `/cgi-bin/token`, `/cgi-bin/component/api_component_token` and
 *   `/cgi-bin/component/api_authorizer_token`
 * - `component`: the other paths of `/cgi-bin/component`
 * - `plugin`: `/wxa/plugin`, `/wxa/devplugin` and `/wxa/getpluginopenpid`, with a token or through the open-interface service
 * - `gateway`: `/admin`
 * - `quota`: `/cgi-bin/clear_quota` and `/cgi-bin/openapi/quota/get`
 *
 * @category models
 * @since 0.1.0
 */
export type Endpoint = "token" | "component" | "plugin" | "gateway" | "quota"

/**
 * The operation that a request asks for, by WeChat's name. The name is the same over HTTPS and through the gateway.
 *
 * **Gotchas**
 *
 * The name `pluginManager.updatePlugin` is ours. WeChat has no name for it, because no cloud call performs it.
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
  | "auth.getPluginOpenPId"
  | "getStableAccessToken"
  | "getAccessToken"
  | "getComponentAccessToken"
  | "getAuthorizerAccessToken"
  | "startPushTicket"
  | "getPreAuthCode"
  | "getAuthorizerRefreshToken"
  | "getAuthorizerList"
  | "getAuthorizerInfo"
  | "clearQuota"
  | "getApiQuota"

/**
 * The token of a request, and the parameter that carried it.
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
 * The reply to a request. It is empty while the request waits for its reply. `status` is absent if no reply was sent, `errcode` if the
 * reply had none, `fault` if no fault was applied.
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
 * One request and its reply. An entry is safe to print: every secret in it is a `Redacted` or was left out.
 *
 * - `seq`: counts the requests since the start or the last `reset`, beginning with 1
 * - `operation`: absent if the request does not name a known one
 * - `appid`: the mini program or component that the request is for: the one whose token it carries, or the one that it names. Absent if
 *   neither is known.
 * - `query`: the query parameters, without the credential
 * - `body`: the decoded JSON body, or a {@link GatewayBody} at the gateway; absent if it could not be decoded
 * - `rawBody`: the body as it was sent, at `plugin` only. For an encrypted call it is still encrypted, while `body` is decrypted.
 *
 * @category models
 * @since 0.1.0
 */
export interface Entry {
  readonly seq: number
  readonly endpoint: Endpoint | "unknown"
  readonly operation?: Operation
  readonly appid?: string
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly credential?: Credential
  readonly contentType?: string
  readonly body?: unknown
  readonly rawBody?: string
  readonly reply: EntryReply
}

const outcome = ({ errcode, fault, status }: EntryReply): string =>
  [
    status === undefined ? "no reply" : String(status),
    ...(errcode === undefined ? [] : [`errcode ${errcode}`]),
    ...(fault === undefined ? [] : [`fault ${fault}`])
  ].join(", ")

/**
 * Formats an entry as one line without secrets.
 *
 * @category formatting
 * @since 0.1.0
 */
export const format = (entry: Entry): string =>
  [
    `#${entry.seq}`,
    entry.method,
    entry.path,
    ...(entry.appid === undefined ? [] : [entry.appid]),
    ...(entry.credential === undefined ? [] : [`${entry.credential.parameter}=***`]),
    // JSON.stringify prints a Redacted as "<redacted>"
    ...(entry.body === undefined ? [] : [JSON.stringify(entry.body)]),
    "->",
    outcome(entry.reply)
  ].join(" ")
