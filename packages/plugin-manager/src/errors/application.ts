/**
 * Why an application for a plugin is not approved: what `awaitApproval` fails with.
 */
import * as Schema from "effect/Schema"
import { PluginStatus } from "../PluginStatus.js"
import type { Hint } from "./ErrcodeError.js"

const isRetryable = <const Value extends boolean>(value: Value) =>
  Schema.Literal(value).pipe(
    Schema.propertySignature,
    Schema.withConstructorDefault(() => value)
  )

/** `reason` is what WeChat's list gives beside the state, which it does not document */
const decided = {
  pluginAppid: Schema.String,
  reason: Schema.optionalWith(Schema.String, { exact: true }),
  isRetryable: isRetryable(false)
}

/**
 * The plugin's developer refused the application (已拒绝), for `reason` if WeChat tells one.
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationRefused extends Schema.TaggedError<ApplicationRefused>(
  "@effect-wechat/plugin-manager/ApplicationRefused"
)("ApplicationRefused", decided) {
  /** What to do. */
  get hint(): Hint {
    return {
      zh: "申请被拒绝：请按 reason 与插件开发者沟通后再次申请。",
      en: "The application was refused: talk to the plugin's developer about `reason`, then apply again."
    }
  }
  override get message(): string {
    return `${this.pluginAppid}: refused: ${this.reason ?? "no reason given"} → ${this.hint.en}`
  }
}

/**
 * The plugin's developer did not answer the application in time (已超时).
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationTimedOut extends Schema.TaggedError<ApplicationTimedOut>(
  "@effect-wechat/plugin-manager/ApplicationTimedOut"
)("ApplicationTimedOut", decided) {
  /** What to do. */
  get hint(): Hint {
    return {
      zh: "插件开发者未在期限内处理：请提醒对方后再次申请。",
      en: "The plugin's developer did not answer in time: remind them, then apply again."
    }
  }
  override get message(): string {
    return `${this.pluginAppid}: timed out: ${this.reason ?? "no reason given"} → ${this.hint.en}`
  }
}

/**
 * The schedule ended before the application was decided; `status` is the last one seen.
 *
 * @since 0.1.0
 * @category errors
 */
export class ApplicationUndecided extends Schema.TaggedError<ApplicationUndecided>(
  "@effect-wechat/plugin-manager/ApplicationUndecided"
)("ApplicationUndecided", {
  pluginAppid: Schema.String,
  status: Schema.typeSchema(PluginStatus),
  isRetryable: isRetryable(true)
}) {
  /** What to do. */
  get hint(): Hint {
    return { zh: "申请尚未处理：请稍后再查。", en: "The application is not decided yet: look again later." }
  }
  override get message(): string {
    return `${this.pluginAppid}: ${this.status} → ${this.hint.en}`
  }
}

/**
 * The list of plugins has neither the plugin nor an application for it.
 *
 * @since 0.1.0
 * @category errors
 */
export class PluginNotListed extends Schema.TaggedError<PluginNotListed>(
  "@effect-wechat/plugin-manager/PluginNotListed"
)("PluginNotListed", { pluginAppid: Schema.String, isRetryable: isRetryable(false) }) {
  /** What to do. */
  get hint(): Hint {
    return {
      zh: "该插件不在列表中：请核对插件 appid，或先申请使用。",
      en: "The plugin is not in the list: check its appid, or apply for it first."
    }
  }
  override get message(): string {
    return `${this.pluginAppid}: not in the list of plugins → ${this.hint.en}`
  }
}
