import { paint, plain, render, shorten, type Span, type Style, width } from "./span.js"
import { wrap } from "./wrap.js"

/** A column. Where the output is too narrow, its cells are shortened, or it is left out. */
interface Column {
  readonly title: string
  readonly ifNarrow: "shortened" | "omitted"
}

/** Rows of as many cells as the head has. */
export interface Table {
  readonly head: ReadonlyArray<string | Column>
  readonly rows: ReadonlyArray<ReadonlyArray<Span>>
}

/** A line, or a table of several lines. */
export type Block = Span | Table

/** A column of which a part is enough to recognise what is meant, such as a nickname. */
export const shortened = (title: string): Column => ({ title, ifNarrow: "shortened" })

/** A column that is there if there is room for it. */
export const omitted = (title: string): Column => ({ title, ifNarrow: "omitted" })

const isTable = (block: Block): block is Table => typeof block === "object" && "rows" in block

const gap = 2
/** How wide a column must be that is shortened: as long as it is narrower, others are left out first, and it is never less than the least. */
const legible = 12
const least = 6

const titleOf = (column: string | Column) => (typeof column === "string" ? column : column.title)

/** The widths of the columns that fit into the room; 0 is a column that is left out. */
const fit = (head: Table["head"], natural: ReadonlyArray<number>, room: number): ReadonlyArray<number> => {
  const widths = [...natural]
  const has = (at: number, ifNarrow: Column["ifNarrow"]) => {
    const column = head[at]!
    return typeof column === "object" && column.ifNarrow === ifNarrow && widths[at]! > 0
  }
  const needed = (most: number) =>
    widths.reduce(
      (sum, width, at) => sum + (width === 0 ? 0 : gap + (has(at, "shortened") ? Math.min(width, most) : width)),
      -gap
    )
  for (let at = head.length - 1; at >= 0 && needed(legible) > room; at--) {
    widths[at] = has(at, "omitted") ? 0 : widths[at]!
  }
  for (let excess = needed(Infinity) - room; excess > 0; excess--) {
    const widest = widths.reduce(
      (widest, width, at) => (has(at, "shortened") && width > (widths[widest] ?? least) ? at : widest),
      -1
    )
    if (widest < 0) {
      break
    }
    widths[widest]!--
  }
  return widths
}

/** The lines of a table with aligned columns. It measures each cell once, since that is the slow part of a long table. */
export const layOut = (
  { head, rows }: Table,
  style: Style,
  room = Infinity,
  measure = width
): ReadonlyArray<string> => {
  const lines = [head.map((column) => paint("dim", titleOf(column))), ...rows]
  const widths = lines.map((line) => line.map((cell) => measure(plain(cell, style))))
  // no Math.max(...): a long table has more rows than a call may have arguments
  const natural = head.map((_, column) => widths.reduce((widest, row) => Math.max(widest, row[column]!), 0))
  const columns = fit(head, natural, room)
  const last = columns.reduce((last, width, at) => (width > 0 ? at : last), 0)
  return lines.map((line, row) =>
    line
      .flatMap((cell, column) => {
        const [used, most] = [widths[row]![column]!, columns[column]!]
        if (most === 0) {
          return []
        }
        if (used > most) {
          const text = shorten(plain(cell, style), most)
          return [column === last ? text : text + " ".repeat(most - width(text))]
        }
        return [render(cell, style) + " ".repeat(column === last ? 0 : most - used)]
      })
      .join(" ".repeat(gap))
      .trimEnd()
  )
}

/** A table is fitted into the room, and other lines are broken between words. */
export const renderBlocks = (blocks: ReadonlyArray<Block>, style: Style, room = Infinity): string =>
  blocks
    .flatMap((block) => (isTable(block) ? layOut(block, style, room) : [wrap(render(block, style), room)]))
    .join("\n")
