import * as Either from "effect/Either"
import { constant } from "effect/Function"

const escape = (code: number) => `\\u${code.toString(16).padStart(4, "0")}`

/** One pass over the text: control characters inside of string literals escaped, all else as it came. */
const escapeControlCharacters = (text: string): string => {
  let escaped = ""
  let copied = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      isInString = !isInString
    } else if (isInString && code === 0x5c) {
      at++
    } else if (isInString && code < 0x20) {
      escaped += text.slice(copied, at) + escape(code)
      copied = at + 1
    }
  }
  return escaped + text.slice(copied)
}

const parse = (text: string): Either.Either<unknown, "not JSON"> =>
  Either.try({ try: () => JSON.parse(text) as unknown, catch: constant("not JSON") })

/**
 * Parses WeChat's JSON. WeChat sends a nickname's control characters unescaped, which JSON forbids: they are escaped
 * and all else, `\/` included, is left as it came.
 */
export const parseJson = (text: string): Either.Either<unknown, "not JSON"> =>
  Either.orElse(parse(text), () => parse(escapeControlCharacters(text)))
