/** A text in both languages of the command. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export type Say = (text: Text) => string

/** Chinese for a Chinese locale, English for every other one, as `wechat-plugin` has it. */
export const sayIn = (environment: Readonly<Record<string, string | undefined>>): Say => {
  const named = ["LC_ALL", "LC_MESSAGES", "LANG"].map((name) => environment[name]).find(Boolean)
  const locale = named ?? Intl.DateTimeFormat().resolvedOptions().locale
  return (text) => (locale.toLowerCase().startsWith("zh") ? text.zh : text.en)
}

/** Wrong input, in words for who typed it. */
export class WrongInput extends Error {}
