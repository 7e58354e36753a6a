import { define } from "./define.js"
import { alwaysFalse, text } from "./failure.js"

/**
 * A payload is not what the operation's documentation asks for. Nothing was sent. `issue` names the field, what is expected there and what
 * was given. Only operations that have a payload fail with it.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidPayload extends define<InvalidPayload>()(
  "InvalidPayload",
  { api: text, issue: text, isRetryable: alwaysFalse },
  {
    category: "usage",
    hint: { zh: "请按 issue 修正参数；请求没有发出。", en: "Correct the payload as `issue` says; nothing was sent." },
    summary: ({ api, issue }) => `${api}: ${issue}`
  }
) {}
