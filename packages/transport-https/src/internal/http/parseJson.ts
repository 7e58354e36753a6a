import * as Either from "effect/Either"

const escape = (code: number) => `\\u${code.toString(16).padStart(4, "0")}`

/** More than any list of nicknames has: a reply with so many is not WeChat's, and must not keep the event loop busy. */
const maxControlCharacters = 10_000

/** In one pass, escapes the control characters inside of string literals and leaves everything else as it is. */
const escapeControlCharacters = (text: string): string | undefined => {
  const parts: Array<string> = []
  let copied = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      isInString = !isInString
    } else if (isInString && code === 0x5c) {
      at++
    } else if (isInString && code < 0x20) {
      if (parts.length > maxControlCharacters) {
        return undefined
      }
      parts.push(text.slice(copied, at) + escape(code))
      copied = at + 1
    }
  }
  return parts.join("") + text.slice(copied)
}

const notJson = Either.left("not JSON" as const)

// try, since an Either.try for each reply costs a tenth of a call over undici (npm run bench)
const parse = (text: string): Either.Either<unknown, "not JSON"> => {
  try {
    return Either.right(JSON.parse(text))
  } catch {
    return notJson
  }
}

/**
 * Parses WeChat's JSON. WeChat sends a nickname's control characters unescaped, which JSON forbids: they are escaped first, and everything
 * else, `\/` included, is left as it is.
 */
export const parseJson = (text: string): Either.Either<unknown, "not JSON"> => {
  const json = parse(text)
  if (Either.isRight(json)) {
    return json
  }
  const escaped = escapeControlCharacters(text)
  return escaped === undefined ? notJson : parse(escaped)
}
