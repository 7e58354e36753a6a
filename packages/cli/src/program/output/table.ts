import { paint, plain, render, type Span, type Style, width } from "./span.js"

/** Rows of as many cells as the head has. */
export interface Table {
  readonly head: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<Span>>
}

/** A line, or a table of several lines. */
export type Block = Span | Table

const isTable = (block: Block): block is Table => typeof block === "object" && "rows" in block

/** The lines of a table with aligned columns. It measures each cell once, since that is the slow part of a long table. */
export const layOut = ({ head, rows }: Table, style: Style, measure = width): ReadonlyArray<string> => {
  const lines = [head.map((cell) => paint("dim", cell)), ...rows]
  const widths = lines.map((line) => line.map((cell) => measure(plain(cell, style))))
  // no Math.max(...): a long table has more rows than a call may have arguments
  const columns = head.map((_, column) => widths.reduce((widest, row) => Math.max(widest, row[column]!), 0))
  return lines.map((line, row) =>
    line
      .map((cell, column) => {
        const padding = column === line.length - 1 ? 0 : columns[column]! - widths[row]![column]!
        return render(cell, style) + " ".repeat(padding)
      })
      .join("  ")
      .trimEnd()
  )
}

export const renderBlocks = (blocks: ReadonlyArray<Block>, style: Style): string =>
  blocks.flatMap((block) => (isTable(block) ? layOut(block, style) : [render(block, style)])).join("\n")
