/**
 * Failures without an errcode: no reply came, or it cannot be read.
 */
import { type Category, define, type Hint } from "./define.js"
import { alwaysFalse, flag, oneOf, reasons, text } from "./failure.js"
import type { TransportReason } from "./schema.js"

const hints: { readonly [Reason in TransportReason]: Hint } = {
  connection: {
    zh: "请检查网络、DNS、代理与 baseUrl，然后重试。",
    en: "Check network, DNS, proxy and base URL, then try again."
  },
  timeout: { zh: "请稍后重试，或调大 timeout。", en: "Try again later, or raise `timeout`." },
  status: {
    zh: "返回来自网关或代理而非微信：请检查 baseUrl 与代理。",
    en: "A gateway or proxy answered in WeChat's place: check base URL and proxy."
  },
  body: {
    zh: "返回不是微信的 JSON：请检查 baseUrl 与代理，稍后重试。",
    en: "The answer is not WeChat's JSON: check base URL and proxy, then try again later."
  },
  size: {
    zh: "返回超过大小上限：请检查 baseUrl，或调大 maxBodySize。",
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

/** What most failures are: no usable way to WeChat. */
const categories: Partial<Record<TransportReason, Category>> = {
  body: "reply",
  size: "reply",
  signature: "credential",
  credential: "credential"
}

/**
 * There is no reply from WeChat. `description` says why; it contains no URL query, header or body, so nothing secret.
 *
 * @since 0.1.0
 * @category errors
 */
export class WechatTransportError extends define<WechatTransportError>()(
  "WechatTransportError",
  {
    api: text,
    reason: oneOf(reasons),
    description: text,
    /** whether the same call may soon succeed and can be repeated without harm */
    isRetryable: flag
  },
  {
    category: "network",
    categoryOf: ({ reason }) => categories[reason] ?? "network",
    hint: ({ reason }) => hints[reason],
    summary: ({ api, description, reason }) => `${api}: ${reason}: ${description}`
  }
) {
  /** Whether a failure for this reason usually passes by itself. */
  static isTransient(reason: TransportReason): boolean {
    return transient.has(reason)
  }
}

/**
 * A reply is JSON, but not what the operation's documentation says. `issue` names the path, what is expected there and what
 * came.
 *
 * @since 0.1.0
 * @category errors
 */
export class WechatDecodeError extends define<WechatDecodeError>()(
  "WechatDecodeError",
  { api: text, issue: text, isRetryable: alwaysFalse },
  {
    category: "reply",
    hint: {
      zh: "返回与文档不符：请检查 baseUrl 与代理；若确为微信的返回，请携带 issue 向本库反馈。",
      en: "The reply is not as documented: check base URL and proxy; if it is WeChat's, report `issue` to this library."
    },
    summary: ({ api, issue }) => `${api}: ${issue}`
  }
) {}
