/**
 * The error table of WeChat's page of getPluginOpenPId (获取插件用户 openpid), one class for each row. Its 45009 is `DailyQuotaExceeded`.
 */
import { ErrcodeError } from "./ErrcodeError.js"

/**
 * 1000: WeChat is failing (系统错误).
 *
 * @since 0.1.0
 * @category errors
 */
export class OpenPIdSystemError extends ErrcodeError<OpenPIdSystemError>()("OpenPIdSystemError", {
  codes: [1000],
  category: "network",
  isTransient: true,
  hint: {
    zh: "微信系统繁忙：请用 wx.pluginLogin 获取新的 code 后重试。",
    en: "WeChat is busy: get a new code from wx.pluginLogin, and try again in a moment."
  }
}) {}

/**
 * 1001: a parameter is not valid (请求参数非法).
 *
 * @since 0.1.0
 * @category errors
 */
export class OpenPIdRequestInvalid extends ErrcodeError<OpenPIdRequestInvalid>()("OpenPIdRequestInvalid", {
  codes: [1001],
  hint: {
    zh: "请原样传入 wx.pluginLogin 返回的 code。",
    en: "Pass the code as wx.pluginLogin returned it."
  }
}) {}

/**
 * 1003: the calls come too fast (请求频率过快).
 *
 * **Gotchas** WeChat does not say how long to wait. The code may be used up or too old afterwards.
 *
 * @since 0.1.0
 * @category errors
 */
export class OpenPIdTooFrequent extends ErrcodeError<OpenPIdTooFrequent>()("OpenPIdTooFrequent", {
  codes: [1003],
  category: "quota",
  hint: {
    zh: "请求太频繁：请降低频率，稍后用新的 code 再试。",
    en: "The calls come too fast: call less often, and try again later with a new code."
  }
}) {}

/**
 * 1005: the code was issued for another plugin (插件 appid 与数据不匹配).
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginAppidMismatch extends ErrcodeError<PluginAppidMismatch>()("PluginAppidMismatch", {
  codes: [1005],
  category: "credential",
  hint: {
    zh: "code 属于其他插件：请使用调用 wx.pluginLogin 的插件自己的 access_token。",
    en: "The code is of another plugin: call with the access token of the plugin that called wx.pluginLogin."
  }
}) {}

/**
 * 1007: WeChat has no openpid for the code (openpid 数据不存在).
 *
 * **Gotchas** WeChat's developer community reports it for a code of `wx.login`. That a code which is used up or older than five minutes
 * gets it too is not confirmed.
 *
 * @since 0.1.0
 * @category errors
 */
export class OpenPIdNotFound extends ErrcodeError<OpenPIdNotFound>()("OpenPIdNotFound", {
  codes: [1007],
  hint: {
    zh: "请用 wx.pluginLogin（不是 wx.login）获取新的 code：有效期 5 分钟，只能使用一次。",
    en: "Get a new code from wx.pluginLogin, not from wx.login: it is valid for five minutes, and once."
  }
}) {}

/**
 * 1022: the body of the request is not JSON (json 数据解析错误).
 *
 * @since 0.1.0
 * @category errors
 */
export class OpenPIdRequestMalformed extends ErrcodeError<OpenPIdRequestMalformed>()("OpenPIdRequestMalformed", {
  codes: [1022],
  category: "network",
  hint: {
    zh: "请求没有原样到达微信：请检查 baseUrl 及其间的代理是否改动了正文。",
    en: "The request did not reach WeChat as it was sent: check baseUrl, and whether a proxy changes the body."
  }
}) {}
