/** The two languages of the command. */
export type Language = "zh" | "en"

/** A text in both languages. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export type Say = (text: Text) => string

const variables = ["LC_ALL", "LC_MESSAGES", "LANG"]

/** Chinese for a Chinese locale, English for every other one. */
export const ofLocale = (environment: ReadonlyMap<string, string>): Language => {
  const named = variables.map((name) => environment.get(name)).find((value) => value !== undefined && value !== "")
  return (named ?? Intl.DateTimeFormat().resolvedOptions().locale).toLowerCase().startsWith("zh") ? "zh" : "en"
}
