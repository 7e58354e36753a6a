/**
 * Takes secrets out of what is shown. For those who write a transport: a reply, or a proxy's answer, may echo a credential.
 *
 * @since 0.1.0
 */

/** Shorter than any secret of WeChat's: to take such a text out of replies would garble them and protect nothing. */
const minLength = 8

/**
 * Takes secrets out of a text: as they are, and as a URL has them.
 *
 * @since 0.1.0
 * @category constructors
 * @example
 * ```ts
 * import { Redaction } from "@effect-wechat/plugin-manager"
 *
 * const redact = Redaction.make(["a/secret/token"])
 * redact("?access_token=a%2Fsecret%2Ftoken") // "?access_token=<redacted>"
 * ```
 */
export const make = (secrets: ReadonlyArray<string>): ((text: string) => string) => {
  // the longest first, since one may be a part of another
  const forms = secrets
    .filter((secret) => secret.length >= minLength)
    .flatMap((secret) => [...new Set([secret, encodeURIComponent(secret)])])
    .sort((a, b) => b.length - a.length)
  return (text) =>
    forms.reduce((clean, form) => (clean.includes(form) ? clean.replaceAll(form, () => "<redacted>") : clean), text)
}
