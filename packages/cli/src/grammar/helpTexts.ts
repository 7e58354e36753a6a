import type { Language } from "../program/language/language.js"

/** For each language the help of each command, and under "" that of all of them, with colours. */
export type HelpTexts = Readonly<Record<Language, Readonly<Record<string, string>>>>

declare const HELP_TEXTS: string

/** The build replaces HELP_TEXTS by what `renderHelp` returns, as JSON: esbuild would put an object into a chunk that everything loads. */
export const helpTexts: HelpTexts = JSON.parse(HELP_TEXTS)
