/** The two languages that the command speaks. */
export type Language = "zh" | "en"

/** A text in both. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export type Say = (text: Text) => string

const variables = ["LC_ALL", "LC_MESSAGES", "LANG"]

/** The language of the locale, Chinese or, for all others, English. */
export const ofLocale = (environment: ReadonlyMap<string, string>): Language => {
  const named = variables.map((name) => environment.get(name)).find((value) => value !== undefined && value !== "")
  return (named ?? Intl.DateTimeFormat().resolvedOptions().locale).toLowerCase().startsWith("zh") ? "zh" : "en"
}
