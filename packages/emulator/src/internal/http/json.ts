import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"

export type JsonObject = Readonly<Record<string, unknown>>

/** `JSON.stringify` and the schemas are recursive, so a value that is nested much deeper would overflow the stack later. */
const maxDepth = 1000

const isTooDeep = (text: string): boolean => {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (isInString) {
      // skips the character after a backslash
      at += character === "\\" ? 1 : 0
      isInString = character !== '"'
    } else if (character === '"') {
      isInString = true
    } else if (character === "[" || character === "{") {
      depth += 1
      if (depth > maxDepth) {
        return true
      }
    } else if (character === "]" || character === "}") {
      depth -= 1
    }
  }
  return false
}

const parseAny: (text: string) => Option.Option<unknown> = Option.liftThrowable((text: string): unknown =>
  JSON.parse(text)
)

/** Parses JSON; none if it is malformed or nested too deep. */
export const parse = (text: string): Option.Option<unknown> => (isTooDeep(text) ? Option.none() : parseAny(text))

export const parseObject = (text: string): Option.Option<JsonObject> =>
  Option.filter(parse(text), (value): value is JsonObject => Predicate.isRecord(value))

const decoder = new TextDecoder()
const encoder = new TextEncoder()

export const text = (bytes: Uint8Array): string => decoder.decode(bytes)

export const bytes = (value: string | Uint8Array): Uint8Array =>
  typeof value === "string" ? encoder.encode(value) : value

/** Wraps every string with the name of a secret in a `Redacted`, at any depth. */
export const hideSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(hideSecrets)
  }
  if (!Predicate.isRecord(value)) {
    return value
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secretName.test(key) && typeof inner === "string" ? Redacted.make(inner) : hideSecrets(inner)
    ])
  )
}

/** Matches the names of the fields and query parameters of WeChat's requests that hold secrets. */
export const secretName = /secret|token|ticket|authorization_code/i
