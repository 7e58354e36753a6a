import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { CliError } from "../failure/errors.js"

/** Why a secret or a token cannot be sent; undefined if it can. */
const problem = (text: string) =>
  text === ""
    ? { zh: "只有空白字符", en: "is blank" }
    : /^[!-~]+$/.test(text)
      ? undefined
      : { zh: "含有空格、控制字符或非 ASCII 字符", en: "contains blanks, control characters or non-ASCII characters" }

/**
 * Removes white space around a secret or a token, which a copy or a file often adds, and refuses a value that cannot be one. The error names the
 * source and not the value.
 */
export const trimmed = (source: string, secret: Redacted.Redacted<string>) => {
  const text = Redacted.value(secret).trim()
  const reason = problem(text)
  return reason === undefined
    ? Effect.succeed(Redacted.make(text))
    : new CliError({
        category: "credential",
        text: { zh: `${source} ${reason.zh}`, en: `${source} ${reason.en}` },
        hint: { zh: "请重新复制该值。", en: "Copy the value again." }
      })
}
