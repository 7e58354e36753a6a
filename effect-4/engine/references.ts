import { type Identifier, Node, type SourceFile, SyntaxKind } from "ts-morph"
import { indexes, namedInIndexes } from "../rules/modules.js"

/** What a name in a file stands for: a module of Effect 3, or one export of it. */
export interface Alias {
  readonly module: string
  /** of a named import such as `identity` of `effect/Function` */
  readonly member?: string
}

/** A use of an export of Effect 3: `Effect.map`, `Schema.Struct.Fields`. */
export interface Reference {
  readonly module: string
  readonly path: ReadonlyArray<string>
  readonly isType: boolean
}

export const isEffect = (specifier: string): boolean => /^(effect|@effect\/(?!vitest)[\w-]+)(\/|$)/.test(specifier)

/** The names that the imports of a file give to Effect's modules and exports. */
export const aliasesOf = (file: SourceFile): ReadonlyMap<string, Alias> => {
  const aliases = new Map<string, Alias>()
  for (const declaration of file.getImportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue()
    if (!isEffect(specifier)) {
      continue
    }
    const namespace = declaration.getNamespaceImport()
    if (namespace !== undefined) {
      aliases.set(namespace.getText(), { module: specifier })
    }
    for (const named of declaration.getNamedImports()) {
      const name = named.getName()
      const local = named.getAliasNode()?.getText() ?? name
      const from = namedInIndexes[`${specifier}.${name}`]
      aliases.set(
        local,
        from !== undefined
          ? { module: from, member: name }
          : indexes.includes(specifier)
            ? { module: `${specifier}/${name}` }
            : { module: specifier, member: name }
      )
    }
  }
  return aliases
}

/** Whether a name is used where only types are. */
const isTypeOnly = (node: Node): boolean =>
  node.getAncestors().some((ancestor, at, all) => {
    if (Node.isExpressionWithTypeArguments(ancestor)) {
      const clause = ancestor.getParent()
      const inside = at === 0 ? node : all[at - 1]
      const isArgument = ancestor.getTypeArguments().some((argument) => argument === inside)
      return (
        isArgument ||
        clause?.getParent()?.getKind() === SyntaxKind.InterfaceDeclaration ||
        (Node.isHeritageClause(clause) && clause.getToken() === SyntaxKind.ImplementsKeyword)
      )
    }
    return Node.isTypeNode(ancestor)
  })

const isImported = (identifier: Identifier): boolean =>
  identifier
    .getSymbol()
    ?.getDeclarations()
    .some((declaration) => Node.isNamespaceImport(declaration) || Node.isImportSpecifier(declaration)) ?? false

/** `A.b.c` as its names; `undefined` where it does not begin with a name. */
const chainOf = (node: Node): readonly [Identifier, ...ReadonlyArray<string>] | undefined => {
  if (Node.isIdentifier(node)) {
    return [node]
  }
  const [left, right] = Node.isPropertyAccessExpression(node)
    ? [node.getExpression(), node.getName()]
    : Node.isQualifiedName(node)
      ? [node.getLeft(), node.getRight().getText()]
      : []
  const chain = left === undefined ? undefined : chainOf(left)
  return chain === undefined || right === undefined ? undefined : [...chain, right]
}

/** What an expression or a type name refers to, if it is something of Effect. */
export const referenceOf = (node: Node, aliases: ReadonlyMap<string, Alias>): Reference | undefined => {
  const [root, ...path] = chainOf(node) ?? []
  const alias = root === undefined ? undefined : aliases.get(root.getText())
  if (root === undefined || alias === undefined || !isImported(root)) {
    return undefined
  }
  if (Node.isIdentifier(node) && (Node.isImportSpecifier(node.getParent()) || alias.member === undefined)) {
    return undefined
  }
  const whole = alias.member === undefined ? path : [alias.member, ...path]
  const isType = isTypeOnly(node)
  // what follows the first name of a value is a member of that value
  return !isType && whole.length > 1 ? undefined : { module: alias.module, path: whole, isType }
}
