import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"

const mapStrings = (json: unknown, f: (text: string) => string): unknown =>
  typeof json === "string"
    ? f(json)
    : Array.isArray(json)
      ? json.map((item) => mapStrings(item, f))
      : typeof json === "object" && json !== null
        ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, mapStrings(value, f)]))
        : json

/** The longest part of a secret that no escaping changes, neither JSON's nor a URL's: all of a token of WeChat's. */
const plainPart = (secret: string) =>
  (secret.match(/[\w.~-]+/g) ?? []).reduce((longest, part) => (part.length > longest.length ? part : longest), "")

/**
 * Should a reply echo a secret, it is taken out before anyone looks: out of the decoded strings, since the text may have
 * it escaped. Of one that is nested deeper than the stack nothing is left.
 */
export const redactJson = (json: unknown, text: string, secrets: ReadonlyArray<Redacted.Redacted<string>>): unknown => {
  const isEchoed = (secret: Redacted.Redacted<string>) => text.includes(plainPart(Redacted.value(secret)))
  return secrets.some(isEchoed)
    ? Either.getOrElse(
        Either.try(() => mapStrings(json, Redaction.make(secrets.map(Redacted.value)))),
        () => "<redacted>"
      )
    : json
}
