/**
 * A payload that is refused before anything is sent.
 */
import * as Schema from "effect/Schema"
import type { Hint } from "./ErrcodeError.js"

/**
 * A payload is not what the operation's documentation asks for; nothing was sent. `issue` names field, expectation and what
 * came. Only operations that have a payload fail with it.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidPayload extends Schema.TaggedError<InvalidPayload>("@effect-wechat/plugin-manager/InvalidPayload")(
  "InvalidPayload",
  {
    api: Schema.String,
    issue: Schema.String,
    isRetryable: Schema.Literal(false).pipe(
      Schema.propertySignature,
      Schema.withConstructorDefault(() => false as const)
    )
  }
) {
  /** What to do. */
  get hint(): Hint {
    return { zh: "请按 issue 修正参数；请求没有发出。", en: "Correct the payload as `issue` says; nothing was sent." }
  }
  override get message(): string {
    return `${this.api}: ${this.issue} → ${this.hint.en}`
  }
}
