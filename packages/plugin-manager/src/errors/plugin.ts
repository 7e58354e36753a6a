/**
 * The error table of WeChat's pluginManager pages, one class for each row, and the codes that its newer pages add.
 */
import { ErrcodeError } from "./ErrcodeError.js"

/**
 * 89236: this plugin cannot be applied for (该插件不能申请).
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginApplicationsClosed extends ErrcodeError<PluginApplicationsClosed>()("PluginApplicationsClosed", {
  codes: [89236],
  hint: {
    zh: "该插件不接受申请：请核对插件 appid，或联系插件开发者。",
    en: "The plugin takes no applications: check its appid, or ask its developer."
  }
}) {}

/**
 * 89237: the plugin is added already, or an application for it is pending (已经添加该插件).
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginAlreadyAdded extends ErrcodeError<PluginAlreadyAdded>()("PluginAlreadyAdded", {
  codes: [89237],
  hint: {
    zh: "无需再次申请：插件已添加或申请正在处理，可查看插件列表。",
    en: "Nothing to do: the plugin is added or its application is pending; list the plugins to see which."
  }
}) {}

/**
 * 89238: the mini program has as many plugins and applications as it may have (申请或使用的插件已经达到上限).
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginLimitReached extends ErrcodeError<PluginLimitReached>()("PluginLimitReached", {
  codes: [89238],
  hint: {
    zh: "请先解除不再使用的插件，再申请新的插件。",
    en: "Unbind a plugin that is no longer used, then apply again."
  }
}) {}

/**
 * 89239: there is no such plugin (该插件不存在).
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginDoesNotExist extends ErrcodeError<PluginDoesNotExist>()("PluginDoesNotExist", {
  codes: [89239],
  hint: { zh: "请核对插件 appid。", en: "Check the plugin's appid." }
}) {}

/**
 * 89240: only a pending application can be agreed to or refused (只有“待确认”的申请可操作通过/拒绝).
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationNotPending extends ErrcodeError<ApplicationNotPending>()("ApplicationNotPending", {
  codes: [89240],
  hint: {
    zh: "该申请已处理或已超时：请重新获取申请列表。",
    en: "The application was decided or timed out: fetch the list of applications again."
  }
}) {}

/**
 * 89241: only a refused or timed-out application can be deleted (只有“已拒绝/已超时”的申请可操作删除).
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationNotDeletable extends ErrcodeError<ApplicationNotDeletable>()("ApplicationNotDeletable", {
  codes: [89241],
  hint: { zh: "请先拒绝该申请，再删除。", en: "Refuse the application first, then delete it." }
}) {}

/**
 * 89242: the appid is not in the list of applications (该 appid 不在申请列表内).
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicantNotFound extends ErrcodeError<ApplicantNotFound>()("ApplicantNotFound", {
  codes: [89242],
  hint: {
    zh: "请核对申请方 appid，并重新获取申请列表。",
    en: "Check the applicant's appid, and fetch the list of applications again."
  }
}) {}

/**
 * 89243: a pending application cannot be deleted (“待确认”的申请不可删除).
 *
 * **Gotchas** WeChat's text says "in 24 hours": an older application may be deletable, which is not confirmed.
 *
 * @since 0.1.0
 * @category errors
 */
export class PendingApplicationNotDeletable extends ErrcodeError<PendingApplicationNotDeletable>()(
  "PendingApplicationNotDeletable",
  {
    codes: [89243],
    hint: {
      zh: "待确认的申请在 24 小时内不可删除：请稍候，或由插件开发者先通过或拒绝。",
      en: "A pending application cannot be deleted within 24 hours: wait, or let the plugin's developer agree or refuse first."
    }
  }
) {}

/**
 * 89044, 89244: the mini program has no plugin with this appid (不存在该插件appid). Both codes mean the same.
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginNotAdded extends ErrcodeError<PluginNotAdded>()("PluginNotAdded", {
  codes: [89044, 89244],
  hint: {
    zh: "该小程序未添加此插件：请核对插件 appid，可查看插件列表。",
    en: "The mini program has no such plugin: check the plugin's appid against the list of plugins."
  }
}) {}
