/**
 * Codes that any of WeChat's APIs may return: one class for each remedy.
 * Source: WeChat's table of global errcodes (全局错误码) and what its developer community reports.
 */
import { ErrcodeError } from "./ErrcodeError.js"

/**
 * -1: WeChat is busy or failing (系统错误).
 *
 * @since 0.1.0
 * @category errors
 */
export class WechatSystemError extends ErrcodeError<WechatSystemError>()("WechatSystemError", {
  codes: [-1],
  category: "network",
  isTransient: true,
  hint: { zh: "微信系统繁忙：请稍后重试。", en: "WeChat is busy: try again in a moment." }
}) {}

/**
 * 40001, 40014, 42001: the access token is invalid, malformed or expired, even after it was renewed once.
 *
 * @since 0.1.0
 * @category errors
 */
export class CredentialRejected extends ErrcodeError<CredentialRejected>()("CredentialRejected", {
  codes: [40001, 40014, 42001],
  category: "credential",
  hint: {
    zh: "access_token 被拒绝：请提供新的凭证，并确认它属于该小程序，且没有其他程序在刷新它。",
    en: "The access token is rejected: provide a new one, of this mini program, that no other program keeps renewing."
  }
}) {}

/**
 * 40125, 41004, and 40001 from the interface that hands out tokens: the app secret is wrong or missing.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidAppSecret extends ErrcodeError<InvalidAppSecret>()("InvalidAppSecret", {
  codes: [40125, 41004, 40001],
  category: "credential",
  hint: {
    zh: "请核对 AppSecret（微信公众平台 → 开发管理 → 开发设置）；重置后旧的立即失效。",
    en: "Check the app secret (WeChat's admin console, development settings): after a reset the old one is dead."
  }
}) {}

/**
 * 40243: the app secret is frozen.
 *
 * @since 0.1.0
 * @category errors
 */
export class AppSecretFrozen extends ErrcodeError<AppSecretFrozen>()("AppSecretFrozen", {
  codes: [40243],
  category: "credential",
  hint: {
    zh: "AppSecret 已被冻结：请登录微信公众平台解冻。",
    en: "The app secret is frozen: unfreeze it in WeChat's admin console."
  }
}) {}

/**
 * 40013, 41002: the appid is wrong or missing.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidAppId extends ErrcodeError<InvalidAppId>()("InvalidAppId", {
  codes: [40013, 41002],
  category: "credential",
  hint: { zh: "请核对小程序 appid（大小写敏感）。", en: "Check the mini program's appid; case matters." }
}) {}

/**
 * 40164: the caller's IP address is not on the white list.
 *
 * @since 0.1.0
 * @category errors
 */
export class IpNotAllowed extends ErrcodeError<IpNotAllowed>()("IpNotAllowed", {
  codes: [40164],
  category: "permission",
  hint: {
    zh: "请把 errmsg 中的出口 IP 加入小程序的 IP 白名单（微信公众平台 → 开发管理 → 开发设置）。",
    en: "Add the outgoing IP address that errmsg names to the mini program's IP white list in WeChat's admin console."
  }
}) {}

/**
 * 45011: too many calls in this minute.
 *
 * **Gotchas** `isRetryable` is false: a retry within the minute fails too and counts. Wait for the next minute.
 *
 * @since 0.1.0
 * @category errors
 */
export class MinuteQuotaExceeded extends ErrcodeError<MinuteQuotaExceeded>()("MinuteQuotaExceeded", {
  codes: [45011],
  category: "quota",
  hint: { zh: "调用太频繁：请等到下一分钟再试。", en: "Too many calls this minute: try again in the next one." }
}) {}

/**
 * 45009: the calls of this day are used up.
 *
 * @since 0.1.0
 * @category errors
 */
export class DailyQuotaExceeded extends ErrcodeError<DailyQuotaExceeded>()("DailyQuotaExceeded", {
  codes: [45009],
  category: "quota",
  hint: {
    zh: "当日调用次数已用完：请次日再试，或用 /cgi-bin/clear_quota 清零（每月 10 次）。",
    en: "Today's calls are used up: try again tomorrow, or reset with /cgi-bin/clear_quota (10 times a month)."
  }
}) {}

/**
 * 48001, 50001: the mini program or the token has no right to call this interface.
 *
 * @since 0.1.0
 * @category errors
 */
export class NotAuthorized extends ErrcodeError<NotAuthorized>()("NotAuthorized", {
  codes: [48001, 50001],
  category: "permission",
  hint: {
    zh: "请在微信公众平台确认该账号已获得此接口权限。",
    en: "Check in WeChat's admin console that this account has been granted the interface."
  }
}) {}

/**
 * 48004, 50002, 50004: the account or its use of this interface is blocked by WeChat.
 *
 * @since 0.1.0
 * @category errors
 */
export class AccountRestricted extends ErrcodeError<AccountRestricted>()("AccountRestricted", {
  codes: [48004, 50002, 50004],
  category: "permission",
  hint: {
    zh: "账号或接口被封禁：请登录 mp.weixin.qq.com 查看原因。",
    en: "WeChat has blocked the account or this interface for it: log in to mp.weixin.qq.com for the reason."
  }
}) {}

/**
 * 42007, 61003, 61007: the mini program has not authorized the third-party platform, or no longer does.
 *
 * @since 0.1.0
 * @category errors
 */
export class ComponentNotAuthorized extends ErrcodeError<ComponentNotAuthorized>()("ComponentNotAuthorized", {
  codes: [42007, 61003, 61007],
  category: "permission",
  hint: {
    zh: "请让小程序管理员重新授权给第三方平台，并勾选插件管理权限集。",
    en: "Have the mini program's administrator authorize the third-party platform again, with plugin management among its rights."
  }
}) {}

/**
 * 61005, 61006: the component_verify_ticket of a third-party platform has expired or is not valid.
 *
 * @since 0.1.0
 * @category errors
 */
export class VerifyTicketRejected extends ErrcodeError<VerifyTicketRejected>()("VerifyTicketRejected", {
  codes: [61005, 61006],
  category: "credential",
  hint: {
    zh: "请提供微信最近推送的 component_verify_ticket；收不到推送时请检查授权事件接收 URL，或调用 api_start_push_ticket。",
    en: "Provide the component_verify_ticket that WeChat pushed last; if none arrives, check the URL for authorization events, or call api_start_push_ticket."
  }
}) {}

/**
 * 61023: the refresh token of a mini program that authorized a third-party platform is not valid, or no longer.
 *
 * @since 0.1.0
 * @category errors
 */
export class RefreshTokenRejected extends ErrcodeError<RefreshTokenRejected>()("RefreshTokenRejected", {
  codes: [61023],
  category: "credential",
  hint: {
    zh: "请用 api_get_authorizer_list 重新获取该小程序的 refresh token，或请其管理员重新授权。",
    en: "Get the mini program's refresh token anew from api_get_authorizer_list, or have its administrator authorize the platform again."
  }
}) {}

/**
 * 40066, 41001, 43002, 44002, 47001, 61024: WeChat cannot use the request as it arrived.
 *
 * @since 0.1.0
 * @category errors
 */
export class MalformedRequest extends ErrcodeError<MalformedRequest>()("MalformedRequest", {
  codes: [40066, 41001, 43002, 44002, 47001, 61024],
  category: "network",
  hint: {
    zh: "请求没有原样到达微信：请检查 baseUrl 及其间的代理是否改动了地址、方法或正文。",
    en: "The request did not reach WeChat as it was sent: check baseUrl, and whether a proxy changes address, method or body."
  }
}) {}

/**
 * 85107, 85112, 85113: WeChat's open-interface service (calls without a token inside WeChat cloud run) is not ready or not enabled.
 *
 * @since 0.1.0
 * @category errors
 */
export class OpenServiceNotReady extends ErrcodeError<OpenServiceNotReady>()("OpenServiceNotReady", {
  codes: [85107, 85112, 85113],
  category: "permission",
  hint: {
    zh: "开放接口服务未就绪或未开启：请在云托管控制台开启并配置该接口，服务启动后稍候再试。",
    en: "The open-interface service is not ready or not enabled: enable it for this path in the cloud run console, and wait after a start."
  }
}) {}

/**
 * 40230, 40231, 40232, 40233: API security (API 安全) is on for this mini program, and a `Wechatmp-*` header is missing.
 *
 * @since 0.1.0
 * @category errors
 */
export class SignatureMissing extends ErrcodeError<SignatureMissing>()("SignatureMissing", {
  codes: [40230, 40231, 40232, 40233],
  category: "credential",
  hint: {
    zh: "已开启 API 安全：请为 HttpsTransport 的 Layer 提供 RequestSigning。",
    en: "API security is on: provide RequestSigning to the layer of HttpsTransport."
  }
}) {}

/**
 * 40234 to 40240: the call is not signed and encrypted with the keys that the mini program has in WeChat's admin console. `errmsg`
 * says what it is: the signature (40234, 40239), the encryption (40235, 40238), the appid (40236, 40237) or the time (40240).
 *
 * @since 0.1.0
 * @category errors
 */
export class SignatureRejected extends ErrcodeError<SignatureRejected>()("SignatureRejected", {
  codes: [40234, 40235, 40236, 40237, 40238, 40239, 40240],
  category: "credential",
  hint: {
    zh: "请核对密钥及其编号、appid（微信公众平台 → 开发管理 → API 安全）与本机时钟。",
    en: "Check keys, their numbers and the appid (WeChat's admin console, API security), and this machine's clock."
  }
}) {}
