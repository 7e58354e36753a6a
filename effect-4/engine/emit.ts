import { type CallExpression, type Expression, Node, type SourceFile, type Type } from "ts-morph"
import type { Effect4 } from "./effect4.js"
import { type Imports, makeImports } from "./imports.js"
import { type Problem, problemAt } from "./problems.js"
import { type Alias, aliasesOf, isEffect, type Reference, referenceOf } from "./references.js"

/** What a rule may do. The AST and its types are those of Effect 3 throughout; a rule returns text. */
export interface Context {
  /** the text of a node in Effect 4, without the comments before it */
  readonly emit: (node: Node) => string
  /** the text of a list with all that is between its nodes */
  readonly emitList: (nodes: ReadonlyArray<Node>) => string
  /** the text of a reference to a member of a module of Effect 4; it is imported */
  readonly ref: (module: string, member: string, isType?: boolean) => string
  readonly referenceOf: (node: Node) => Reference | undefined
  readonly imports: Imports
  readonly effect4: Effect4
  readonly contextualType: (node: Expression) => Type | undefined
  readonly aliases: ReadonlyMap<string, Alias>
  /** reports a construct that the migration does not know */
  readonly unknown: (node: Node, message: string) => string
}

/** The text of a node in Effect 4, or `undefined` where the rule has nothing to say. */
export type Rule = (node: Node, context: Context) => string | undefined

/** How a call of Effect 3 is written for Effect 4. `undefined`: the call is as it was. */
export type CallRule = (call: CallExpression, args: ReadonlyArray<Node>, context: Context) => string | undefined

const isEffectImport = (node: Node): boolean =>
  Node.isImportDeclaration(node) && isEffect(node.getModuleSpecifierValue())

/** Writes a file anew: rules first, and as it is where no rule applies. */
export const emitFile = (
  file: SourceFile,
  rules: ReadonlyArray<Rule>,
  effect4: Effect4,
  toEffect4: (module: string) => string
): { readonly text: string; readonly problems: ReadonlyArray<Problem> } => {
  const problems: Array<Problem> = []
  const aliases = aliasesOf(file)
  const preferred = new Map(
    [...aliases].flatMap(([local, { member, module }]) => (member === undefined ? [[toEffect4(module), local]] : []))
  )
  const members = [...aliases].flatMap(([local, { member }]) => (member === undefined ? [] : [local]))
  const imports = makeImports(file, preferred, members)
  const source = file.getFullText()

  const context: Context = {
    emit: (node) => emit(node),
    emitList: (nodes) => (nodes.length === 0 ? "" : between(nodes[0]!.getStart(), nodes, nodes.at(-1)!.getEnd())),
    ref: (module, member, isType = false) => `${imports.namespace(module, isType)}.${member}`,
    referenceOf: (node) => referenceOf(node, aliases),
    imports,
    effect4,
    aliases,
    contextualType: (node) => node.getContextualType(),
    unknown: (node, message) => {
      problems.push(problemAt(node, message))
      return node.getText()
    }
  }

  const between = (start: number, children: ReadonlyArray<Node>, end: number): string => {
    let text = ""
    let at = start
    for (const child of children) {
      text += source.slice(at, child.getStart()) + emit(child)
      at = child.getEnd()
    }
    return text + source.slice(at, end)
  }

  const byParts = (node: Node): string => between(node.getStart(), node.forEachChildAsArray(), node.getEnd())

  const emit = (node: Node): string => {
    for (const rule of rules) {
      const text = rule(node, context)
      if (text !== undefined) {
        return text
      }
    }
    return byParts(node)
  }

  let text = ""
  let at = 0
  let place: number | undefined
  for (const statement of file.getStatements()) {
    text += source.slice(at, statement.getStart())
    at = statement.getEnd()
    if (isEffectImport(statement)) {
      // the place of the first one, for all of them; the others leave no empty line
      place ??= text.length
      at += source[at] === "\n" && place !== text.length ? 1 : 0
    } else {
      text += emit(statement)
    }
  }
  text += source.slice(at)
  const rendered = imports.render()
  const where = place ?? text.search(/^import |^export |^const /m)
  return {
    problems,
    text:
      rendered === ""
        ? text
        : `${text.slice(0, where)}${rendered}${place === undefined ? "\n" : ""}${text.slice(where)}`
  }
}
