/**
 * Codes about adding and removing plugins that only WeChat's table of global errcodes (全局错误码) has: one class for each row.
 */
import { ErrcodeError } from "./ErrcodeError.js"

/**
 * 89245: the mini program may not be linked (mini program forbidden to link).
 *
 * @since 0.1.0
 * @category errors
 */
export class LinkingForbidden extends ErrcodeError<LinkingForbidden>()("LinkingForbidden", {
  codes: [89245],
  hint: {
    zh: "该小程序被禁止关联：请登录微信公众平台查看原因。",
    en: "The mini program is forbidden to link: see WeChat's admin console for the reason."
  }
}) {}

/**
 * 89246: plugins of a special category are for certain mini programs only (plugins with special category are used only by
 * specific apps).
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginCategoryRestricted extends ErrcodeError<PluginCategoryRestricted>()("PluginCategoryRestricted", {
  codes: [89246],
  hint: {
    zh: "特殊类目的插件仅供指定的小程序使用：请联系插件开发者。",
    en: "The plugin's category is for certain mini programs only: ask its developer."
  }
}) {}

/**
 * 89259: the live broadcast plugin cannot be removed (zhibo plugin is not allow to delete).
 *
 * @since 0.1.0
 * @category errors
 */
export class LivePluginNotDeletable extends ErrcodeError<LivePluginNotDeletable>()("LivePluginNotDeletable", {
  codes: [89259],
  hint: {
    zh: "直播插件不可删除：请保留该插件。",
    en: "The live broadcast plugin cannot be removed: keep it."
  }
}) {}
