/**
 * Why an application for a plugin is not approved: the errors of `awaitApproval`.
 */
import { define } from "./define.js"
import { alwaysFalse, optionalText, status, text } from "./failure.js"

/** `reason` is what WeChat's list has beside the status, which it does not document */
const decided = {
  pluginAppid: text,
  reason: optionalText,
  isRetryable: alwaysFalse
}

/**
 * The plugin's developer refused the application (已拒绝). `reason` is present where WeChat's list has one.
 *
 * **Gotchas** WeChat does not document `reason`: it may be the applicant's own text.
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationRefused extends define<ApplicationRefused>()("ApplicationRefused", decided, {
  category: "refused",
  hint: {
    zh: "申请被拒绝：请与插件开发者沟通后再次申请。",
    en: "The application was refused: talk to the plugin's developer, then apply again."
  },
  summary: ({ pluginAppid, reason }) => `${pluginAppid}: refused: ${reason ?? "no reason given"}`
}) {}

/**
 * The plugin's developer did not answer the application in time (已超时).
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationTimedOut extends define<ApplicationTimedOut>()("ApplicationTimedOut", decided, {
  category: "refused",
  hint: {
    zh: "插件开发者未在期限内处理：请提醒对方后再次申请。",
    en: "The plugin's developer did not answer in time: remind them, then apply again."
  },
  summary: ({ pluginAppid, reason }) => `${pluginAppid}: timed out: ${reason ?? "no reason given"}`
}) {}

/**
 * The schedule ended before the application was decided. `status` is the last status that was seen.
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationUndecided extends define<ApplicationUndecided>()(
  "ApplicationUndecided",
  { pluginAppid: text, status, isRetryable: alwaysFalse },
  {
    category: "refused",
    hint: { zh: "申请尚未处理：请稍后再查。", en: "The application is not decided yet: look again later." },
    summary: ({ pluginAppid, status }) => `${pluginAppid}: ${status}`
  }
) {}

/**
 * The list of plugins has neither the plugin nor an application for it.
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginNotAppliedFor extends define<PluginNotAppliedFor>()(
  "PluginNotAppliedFor",
  { pluginAppid: text, isRetryable: alwaysFalse },
  {
    category: "refused",
    hint: {
      zh: "该插件不在列表中：请核对插件 appid，或先申请使用。",
      en: "The plugin is not in the list: check its appid, or apply for it first."
    },
    summary: ({ pluginAppid }) => `${pluginAppid}: not in the list of plugins`
  }
) {}
