/** What happened, for those errors of the libraries whose hint says only what to do. */
import type { Text } from "../language/language.js"

const byTag: Readonly<Record<string, Text>> = {
  ApplicantNotFound: { zh: "没有该小程序的申请", en: "there is no application of this mini program" },
  ApplicationNotDeletable: { zh: "该申请还不能删除", en: "the application cannot be deleted yet" },
  CloudEnvInvalid: { zh: "云开发环境无效", en: "the cloud environment is invalid" },
  CloudPermissionMissing: { zh: "云函数没有调用该接口的权限", en: "the cloud function may not call this operation" },
  ComponentInfoMissing: {
    zh: "该接口只能由第三方平台调用",
    en: "only a third-party platform may call this operation"
  },
  ComponentNotAuthorized: {
    zh: "小程序没有授权给该第三方平台",
    en: "the mini program has not authorized the third-party platform"
  },
  GrayReleaseInProgress: { zh: "小程序正在灰度发布", en: "a gray release of the mini program is in progress" },
  InvalidAppId: { zh: "小程序 appid 不正确", en: "the appid of the mini program is wrong" },
  InvalidAppSecret: { zh: "AppSecret 不正确", en: "the app secret is wrong" },
  InvalidPayload: { zh: "参数无效", en: "an argument is invalid" },
  InvalidPluginVersion: { zh: "插件没有这个版本", en: "the plugin has no such version" },
  IpNotAllowed: { zh: "本机的出口 IP 不在白名单中", en: "the IP address of this machine is not allowed" },
  NotAuthorized: { zh: "该账号没有此接口的权限", en: "the account may not call this operation" },
  OpenPIdNotFound: { zh: "code 无效、已使用或已过期", en: "the code is unknown, used or expired" },
  OpenPIdRequestInvalid: { zh: "code 格式不正确", en: "the code is malformed" },
  PluginDoesNotExist: { zh: "没有这个插件", en: "there is no such plugin" },
  PluginLimitReached: { zh: "插件个数已达上限", en: "the mini program has as many plugins as it may have" },
  PluginNotApproved: { zh: "使用该插件的申请尚未通过", en: "the application for the plugin is not approved" },
  QuickUpdateNotSupported: { zh: "该版本不支持快速更新", en: "this version has no quick update" },
  RefreshTokenRejected: { zh: "refresh token 被拒绝", en: "the refresh token is rejected" },
  SignatureRejected: { zh: "请求的签名被拒绝", en: "WeChat rejects the signature of the request" },
  UnknownErrcode: { zh: "微信返回了没有收录的错误码", en: "WeChat answered with an errcode that is not known here" },
  VerifyTicketRejected: { zh: "component_verify_ticket 被拒绝", en: "the component_verify_ticket is rejected" }
}

/** By the reason of a WechatTransportError. */
const byReason: Readonly<Record<string, Text>> = {
  connection: { zh: "无法连接微信", en: "WeChat cannot be reached" },
  credential: { zh: "没有可用的凭证", en: "there is no usable credential" },
  signature: { zh: "返回的签名不正确", en: "the signature of the reply is wrong" },
  timeout: { zh: "微信没有及时答复", en: "WeChat did not answer in time" }
}

/** Undefined where the hint says what happened too. */
export const sentenceOf = (error: { readonly _tag: string; readonly reason?: string }): Text | undefined =>
  error._tag === "WechatTransportError" ? byReason[error.reason ?? ""] : byTag[error._tag]
