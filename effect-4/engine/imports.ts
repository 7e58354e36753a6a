import type { SourceFile } from "ts-morph"

interface Import {
  readonly module: string
  /** `undefined` for the whole module */
  readonly member: string | undefined
  readonly local: string
  isType: boolean
}

/** Collects what a derived file imports of Effect 4 while its text is written. */
export const makeImports = (
  file: SourceFile,
  preferred: ReadonlyMap<string, string>,
  members: ReadonlyArray<string>
) => {
  const imports = new Map<string, Import>()
  const taken = new Set([
    ...members,
    ...file.getImportDeclarations().flatMap((declaration) => {
      const isOurs = !/^(effect|@effect\/)/.test(declaration.getModuleSpecifierValue())
      return isOurs ? declaration.getNamedImports().map((one) => one.getAliasNode()?.getText() ?? one.getName()) : []
    }),
    ...file.getStatements().flatMap((statement) => {
      const symbol = statement.getSymbol()
      return symbol === undefined ? [] : [symbol.getName()]
    })
  ])

  const add = (module: string, member: string | undefined, local: string, isType: boolean) => {
    const key = `${module} ${member ?? "*"} ${local}`
    const before = imports.get(key)
    imports.set(key, { module, member, local, isType: isType && (before?.isType ?? true) })
    return local
  }

  /** The name of a module in this file: the one that it had, or its own. */
  const namespace = (module: string, isType: boolean): string => {
    const own = preferred.get(module) ?? module.split("/").at(-1) ?? module
    return add(module, undefined, taken.has(own) ? `${own}4` : own, isType)
  }

  const named = (module: string, member: string, local: string, isType: boolean) => add(module, member, local, isType)

  const show = ({ isType, local, member, module }: Import) => {
    const what = member === undefined ? `* as ${local}` : `{ ${member === local ? local : `${member} as ${local}`} }`
    return `import ${isType ? "type " : ""}${what} from "${module}"`
  }

  const render = (): string =>
    [...imports.values()]
      .sort((a, b) => (a.module < b.module ? -1 : a.module > b.module ? 1 : 0))
      .map(show)
      .join("\n")

  return { namespace, named, render }
}

export type Imports = ReturnType<typeof makeImports>
