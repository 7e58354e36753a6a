import * as Redaction from "@effect-wechat/plugin-manager/Redaction"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"

/** A token lives for thousands of calls: how to look for it is made once. */
const searches = new WeakMap<Redacted.Redacted<string>, (text: string) => boolean>()

const isEchoed = (secret: Redacted.Redacted<string>, text: string): boolean => {
  let search = searches.get(secret)
  if (search === undefined) {
    search = Redaction.search(Redacted.value(secret))
    searches.set(secret, search)
  }
  return search(text)
}

/**
 * If a reply echoes a secret, removes it from the decoded texts, where no escape can hide it. JSON that is too deep to walk is replaced by
 * "<redacted>".
 */
export const redactJson = (json: unknown, text: string, secrets: ReadonlyArray<Redacted.Redacted<string>>): unknown => {
  let mayContain = false
  for (const secret of secrets) {
    mayContain ||= isEchoed(secret, text)
  }
  return mayContain
    ? Either.getOrElse(
        Either.try(() => Redaction.mapTexts(json, Redaction.make(secrets.map(Redacted.value)))),
        () => "<redacted>"
      )
    : json
}
