import { sentenceOf } from "../../program/failure/sentences.js"
import type { Errcode } from "../../program/schema/answers.js"
import { known } from "./known.js"

/** Reads `40164`, `errcode: 40164`, or a line of a log. */
const asNumber = (text: string): number | undefined => {
  const [digits] = /-?\d+/.exec(text.replace(/^.*?errcode\W*/i, "")) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** "white list", "white-list" and "whitelist" are the same. */
const joined = (text: string) => text.toLowerCase().replace(/[\s-]+/g, "")

const textOf = (row: Errcode): string => {
  const { en = "", zh = "" } = sentenceOf({ _tag: row.error }) ?? {}
  return joined([row.error, zh, en, row.hint.zh, row.hint.en, ...row.operations].join(" "))
}

const isNumber = (text: string) => asNumber(text) !== undefined

/** What is found, and what is not known. A number is an errcode; words have to be in the explanation, all of them. */
export const find = (texts: ReadonlyArray<string>) => {
  const codes = texts.filter(isNumber)
  const words = texts
    .filter((text) => !isNumber(text))
    .flatMap((text) => text.split(/\s+/))
    .filter((word) => word !== "")
  const withWords =
    words.length === 0 ? [] : known.filter((row) => words.every((word) => textOf(row).includes(joined(word))))
  const numbers = codes.map(asNumber)
  return {
    found: known.filter((row) => numbers.includes(row.errcode) || withWords.includes(row)),
    unknown: [
      ...codes.filter((text) => !known.some(({ errcode }) => errcode === asNumber(text))),
      ...(withWords.length === 0 ? words : [])
    ]
  }
}
