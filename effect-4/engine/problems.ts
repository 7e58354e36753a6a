import type { Node } from "ts-morph"

/** A construct that the migration does not know, with the place in `packages/` where it is. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly message: string
}

export const problemAt = (node: Node, message: string): Problem => ({
  file: node.getSourceFile().getFilePath(),
  line: node.getStartLineNumber(),
  message
})

export const showProblems = (root: string, problems: ReadonlyArray<Problem>): string =>
  problems.map(({ file, line, message }) => `${file.replace(root, "")}:${line}: ${message}`).join("\n")
