/**
 * Codes that only `update` returns: the error table of the third-party platform's page on plugins (插件管理), and the codes of
 * WeChat's global table that concern the version of a plugin in use.
 */
import { ErrcodeError } from "./ErrcodeError.js"

/**
 * 80066: the version is not valid (非法的插件版本).
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidPluginVersion extends ErrcodeError<InvalidPluginVersion>()("InvalidPluginVersion", {
  codes: [80066],
  hint: {
    zh: "请核对插件版本号，例如 2.2.46。",
    en: "Check the plugin's version, such as 2.2.46."
  }
}) {}

/**
 * 80067: the mini program does not use the plugin (找不到使用的插件).
 *
 * **Gotchas** -80067 has been seen too, without a text; that one is an `UnknownErrcode`.
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginNotInRelease extends ErrcodeError<PluginNotInRelease>()("PluginNotInRelease", {
  codes: [80067],
  hint: {
    zh: "线上版本没有使用该插件：请核对插件 appid，并先发布使用它的版本。",
    en: "The mini program in use has no such plugin: check its appid, and release a version that uses it first."
  }
}) {}

/**
 * 80082: the mini program has no permission to use the plugin (没有权限使用该插件).
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginNotApproved extends ErrcodeError<PluginNotApproved>()("PluginNotApproved", {
  codes: [80082],
  hint: {
    zh: "请先申请使用该插件，通过后再试。",
    en: "Apply for the plugin first, and try again once the application is approved."
  }
}) {}

/**
 * 89256: the token is not that of a third-party platform (token 信息有误; no component info).
 *
 * @since 0.1.0
 * @category errors
 */
export class ComponentInfoMissing extends ErrcodeError<ComponentInfoMissing>()("ComponentInfoMissing", {
  codes: [89256],
  category: "credential",
  hint: {
    zh: "请使用第三方平台代小程序获取的 authorizer_access_token。",
    en: "Call with the authorizer_access_token that a third-party platform got for the mini program."
  }
}) {}

/**
 * 89257: the plugin's version does not support a quick update (该插件版本不支持快速更新).
 *
 * @since 0.1.0
 * @category errors
 */
export class QuickUpdateNotSupported extends ErrcodeError<QuickUpdateNotSupported>()("QuickUpdateNotSupported", {
  codes: [89257],
  hint: {
    zh: "请核对版本号，并请插件开发者在发布该版本时选择快速更新。",
    en: "Check the version, and have the plugin's developer release it with quick update."
  }
}) {}

/**
 * 89258: a version of the mini program is in gray release (当前小程序帐号存在灰度发布中的版本，不可操作快速更新).
 *
 * @since 0.1.0
 * @category errors
 */
export class GrayReleaseInProgress extends ErrcodeError<GrayReleaseInProgress>()("GrayReleaseInProgress", {
  codes: [89258],
  hint: {
    zh: "请先完成或取消小程序的灰度发布，再更新插件。",
    en: "Complete or cancel the mini program's gray release first, then update the plugin."
  }
}) {}
