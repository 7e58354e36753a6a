/** Takes secrets out of a text. */
export type Redact = (text: string) => string

export const make = (secrets: ReadonlyArray<string>): Redact => {
  // the longest first, since one may be a part of another
  const ordered = secrets.filter((secret) => secret !== "").sort((a, b) => b.length - a.length)
  return (text) =>
    ordered.reduce((clean, secret) => (clean.includes(secret) ? clean.replaceAll(secret, "<redacted>") : clean), text)
}
