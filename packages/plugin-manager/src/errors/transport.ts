/**
 * Failures that are not an errcode: no reply came, or it cannot be read.
 */
import * as Schema from "effect/Schema"
import type { Hint } from "./ErrcodeError.js"

/**
 * Why no reply of WeChat's could be had.
 *
 * - `connection`: refused, reset, closed or not found
 * - `timeout`: the transport's deadline passed
 * - `status`: an HTTP status other than 2xx, and no WeChat JSON in the body
 * - `body`: a body that is empty or no JSON, such as a gateway's HTML page
 * - `size`: more bytes than the transport's limit
 * - `redirect`: a redirect, which is never followed since it would carry the credential elsewhere
 * - `signature`: a reply that is not signed and encrypted as API security (API 安全) has it, hence may be anybody's
 * - `credential`: there is no credential to call with, or none could be read
 *
 * @since 0.1.0
 * @category models
 */
export const TransportReason = Schema.Literal(
  "connection",
  "timeout",
  "status",
  "body",
  "size",
  "redirect",
  "signature",
  "credential"
)

/**
 * @since 0.1.0
 * @category models
 */
export type TransportReason = typeof TransportReason.Type

const hints: { readonly [Reason in TransportReason]: Hint } = {
  connection: {
    zh: "请检查网络、DNS、代理与 baseUrl，然后重试。",
    en: "Check network, DNS, proxy and base URL, then try again."
  },
  timeout: { zh: "请稍后重试，或调大 timeout。", en: "Try again later, or raise `timeout`." },
  status: {
    zh: "应答来自网关或代理而非微信：请检查 baseUrl 与代理。",
    en: "A gateway or proxy answered in WeChat's place: check base URL and proxy."
  },
  body: {
    zh: "应答不是微信的 JSON：请检查 baseUrl 与代理，稍后重试。",
    en: "The answer is not WeChat's JSON: check base URL and proxy, then try again later."
  },
  size: {
    zh: "应答超过大小上限：请检查 baseUrl，或调大 maxBodySize。",
    en: "The reply is over the size limit: check base URL, or raise `maxBodySize`."
  },
  redirect: {
    zh: "微信接口不会重定向：请检查 baseUrl 与代理。",
    en: "WeChat does not redirect: check base URL and proxy."
  },
  signature: {
    zh: "请核对密钥及其编号、appid 与本机时钟。",
    en: "Check the keys and their numbers, the appid and this machine's clock."
  },
  credential: { zh: "请按 description 的说明提供凭证。", en: "Provide a credential as the description says." }
}

/** The reasons that pass by themselves. */
const transient = new Set<TransportReason>(["connection", "timeout", "status", "body"])

/**
 * No reply of WeChat's could be had. `description` holds no URL query, header or body: nothing secret.
 *
 * @since 0.1.0
 * @category errors
 */
export class WechatTransportError extends Schema.TaggedError<WechatTransportError>(
  "@effect-wechat/plugin-manager/WechatTransportError"
)("WechatTransportError", {
  api: Schema.String,
  reason: TransportReason,
  description: Schema.String,
  /** whether the same call may soon succeed and can be repeated without harm */
  isRetryable: Schema.Boolean
}) {
  /** What to do, by `reason`. */
  get hint(): Hint {
    return hints[this.reason]
  }
  override get message(): string {
    return `${this.api}: ${this.reason}: ${this.description} → ${this.hint.en}`
  }

  /** Whether a failure for this reason usually passes by itself. */
  static isTransient(reason: TransportReason): boolean {
    return transient.has(reason)
  }
}

/**
 * A reply is JSON, but not what the operation's documentation says. `issue` names path, expectation and what came.
 *
 * @since 0.1.0
 * @category errors
 */
export class WechatDecodeError extends Schema.TaggedError<WechatDecodeError>(
  "@effect-wechat/plugin-manager/WechatDecodeError"
)("WechatDecodeError", {
  api: Schema.String,
  issue: Schema.String,
  isRetryable: Schema.Literal(false).pipe(
    Schema.propertySignature,
    Schema.withConstructorDefault(() => false as const)
  )
}) {
  /** What to do. */
  get hint(): Hint {
    return {
      zh: "应答与文档不符：请检查 baseUrl 与代理；若确为微信的应答，请携带 issue 向本库反馈。",
      en: "The reply is not as documented: check base URL and proxy; if it is WeChat's, report `issue` to this library."
    }
  }
  override get message(): string {
    return `${this.api}: ${this.issue} → ${this.hint.en}`
  }
}
