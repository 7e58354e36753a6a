import pc from "picocolors"
import stringWidth from "string-width"

export type Colors = ReturnType<typeof pc.createColors>

/** What a terminal can show; nothing where the output is no terminal. */
export interface Style {
  readonly colors: Colors
  readonly links: boolean
}

export const make = (colours: boolean, links: boolean): Style => ({ colors: pc.createColors(colours), links })

/** Others' words: nothing in them may move the cursor, colour the terminal, or turn the direction of the line. */
export const printable = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim()

/** The text as a link where the terminal can, the address itself where it cannot. */
export const link = ({ links }: Style, text: string, url: string): string => {
  const address = printable(url)
  return links && /^https?:\/\//.test(address) ? `\u001b]8;;${address}\u0007${text}\u001b]8;;\u0007` : address
}

/** Aligned columns; a Chinese character is two columns wide, and colours and links are none. */
export const table = ({ colors }: Style, head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) => {
  const lines = [head.map((cell) => colors.dim(cell)), ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column]!))))
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === line.length - 1 ? cell : cell + " ".repeat(widths[column]! - stringWidth(cell))
        )
        .join("  ")
        .trimEnd()
    )
    .join("\n")
}
