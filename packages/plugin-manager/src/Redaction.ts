/**
 * Removes secrets from what is shown. For those who write a transport: a reply, or the answer of a proxy, may echo a credential. Not part
 * of the index: import it as `@effect-wechat/plugin-manager/Redaction`.
 *
 * @since 0.1.0
 */

/** All of WeChat's secrets are longer; to remove a shorter text would garble replies and protect nothing. */
const minLength = 8

/** A text that has this many of the first characters of a secret contains a part of the secret. */
const prefixLength = 16

const replacement = "<redacted>"

const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, "\ufffd")

const utf8 = (text: string) => Array.from(new TextEncoder().encode(text))

/** The part of the base64 of a longer text that depends on the secret alone, if the secret begins there at this byte of three. */
const base64At = (offset: number, bytes: ReadonlyArray<number>) => {
  const padded = [...Array.from({ length: offset }, () => 0), ...bytes]
  const whole = padded.slice(offset === 0 ? 0 : 3, padded.length - (padded.length % 3))
  return btoa(String.fromCharCode(...whole))
}

/** A secret as it is, and as URLs, forms, base64 and hexadecimal have it. */
const formsOf = (secret: string): ReadonlyArray<string> => {
  const text = wellFormed(secret)
  const bytes = utf8(text)
  const percent = encodeURIComponent(text)
  const lowerPercent = percent.replace(/%../g, (code) => code.toLowerCase())
  const form = new URLSearchParams([["", text]]).toString().slice(1)
  const base64 = [0, 1, 2].map((offset) => base64At(offset, bytes))
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return [
    secret,
    percent,
    lowerPercent,
    form,
    ...base64,
    ...base64.map((text) => text.replace(/\+/g, "-").replace(/\//g, "_")),
    hex,
    hex.toUpperCase()
  ]
}

/** How much of a form is in a text at a place. */
const lengthAt = (text: string, at: number, form: string): number => {
  let length = 0
  while (length < form.length && text[at + length] === form[length]) {
    length++
  }
  return length
}

/**
 * Removes secrets from a text: as they are, percent-encoded, form-encoded, in base64 or hexadecimal, and cut off after 16 characters.
 *
 * @since 0.1.0
 * @category constructors
 * @example
 * ```ts
 * import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
 *
 * const redact = Redaction.make(["a/secret/token"])
 * redact("?access_token=a%2Fsecret%2Ftoken") // "?access_token=<redacted>"
 * ```
 */
export const make = (secrets: ReadonlyArray<string>): ((text: string) => string) => {
  const forms = secrets.filter((secret) => secret.length >= minLength).flatMap(formsOf)
  const prefixes = [...new Set(forms.map((form) => form.slice(0, prefixLength)))]
  return (text) => {
    let clean = ""
    let copied = 0
    while (true) {
      const found = prefixes.map((prefix) => text.indexOf(prefix, copied)).filter((at) => at >= 0)
      if (found.length === 0) {
        return clean + text.slice(copied)
      }
      const at = Math.min(...found)
      clean += text.slice(copied, at) + replacement
      copied = at + Math.max(...forms.map((form) => lengthAt(text, at, form)))
    }
  }
}

/** The longest run at the beginning or inside of a form that no JSON escapes. */
const plainPart = (form: string) =>
  (form.slice(0, prefixLength).match(/[\w.~+=%-]+/g) ?? []).reduce(
    (longest, part) => (part.length > longest.length ? part : longest),
    ""
  )

/**
 * Whether the text of some JSON may contain a secret in any of those forms. Much faster than to look at each value of the parsed JSON, and
 * it never misses: JSON may write any character as `\u00…`, so a text with such an escape may contain anything.
 *
 * @since 0.1.0
 * @category constructors
 */
export const search = (secret: string): ((json: string) => boolean) => {
  if (secret.length < minLength) {
    return () => false
  }
  const parts = [...new Set(formsOf(secret).map(plainPart))]
  return (json) => {
    for (const part of parts) {
      if (json.includes(part)) {
        return true
      }
    }
    return json.includes("\\u00")
  }
}

/**
 * Applies a function to every text in parsed JSON, keys included.
 *
 * @since 0.1.0
 * @category combinators
 */
export const mapTexts = (json: unknown, f: (text: string) => string): unknown =>
  typeof json === "string"
    ? f(json)
    : Array.isArray(json)
      ? json.map((item) => mapTexts(item, f))
      : typeof json === "object" && json !== null
        ? Object.fromEntries(Object.entries(json).map(([key, value]) => [f(key), mapTexts(value, f)]))
        : json
