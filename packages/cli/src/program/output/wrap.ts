/** Breaks lines between words, so that the terminal does not break them inside of one. */
import { stripVTControlCharacters } from "node:util"
import { width } from "./span.js"

/** A colour or a link, which takes no room. */
const escape = String.raw`\u001b\[[\d;]*m|\u001b\]8;;[^\u0007]*\u0007`
/** Chinese has no spaces: a line may break between any two of these. */
const han = String.raw`[\p{Script=Han}\u3000\u30fb]`
const opening = String.raw`[（「『【《]|“(?=${han})`
/** What may not begin a line. */
const closing = String.raw`[、。，：；？！）」』】》]|(?<=${han})”`
const letter = String.raw`(?!${han}|${opening}|${closing})[^\s\u001b]`

/** What stays on one line: a word or a Chinese character, with the punctuation and the spaces that belong to it. */
const unit = new RegExp(
  `(?:${escape}|${opening})*(?:${han}|(?:${escape}|${letter})+)?(?:${escape}|${closing})*\\s*`,
  "gu"
)

/** The column where the next lines begin: below the second column of a list, or else behind the mark of the first line. */
const hang = (line: string, room: number): number => {
  const text = stripVTControlCharacters(line)
  const [list] = /^ *\S.*? {2,}(?=\S)/.exec(text) ?? []
  const [mark] = /^ *(?:[✓!✗–→●+-] )?/.exec(text)!
  return list !== undefined && width(list) <= room / 2 ? width(list) : width(mark)
}

const wrapLine = (line: string, room: number): string => {
  if (width(line) <= room) {
    return line
  }
  const indent = hang(line, room)
  let used = 0
  let text = ""
  for (const [part] of line.matchAll(unit)) {
    const needed = width(part.trimEnd())
    // a word that is longer than a line, such as a URL, stays where it is
    if (used + needed > room && used > indent && needed <= room - indent) {
      text = `${text.trimEnd()}\n${" ".repeat(indent)}`
      used = indent
    }
    text += part
    used += width(part)
  }
  return text.trimEnd()
}

/** The lines of a text, none of them longer than the room unless a single word is. */
export const wrap = (text: string, room: number): string =>
  room === Infinity
    ? text
    : text
        .split("\n")
        .map((line) => wrapLine(line, room))
        .join("\n")
