import type { Language } from "../program/language/language.js"

/** For each language the help of each command, and under "" that of all of them, with colours. */
export type HelpTexts = Readonly<Record<Language, Readonly<Record<string, string>>>>

declare const HELP_TEXTS: HelpTexts

/** The build replaces HELP_TEXTS by what `renderHelp` returns. */
export const helpTexts = HELP_TEXTS
