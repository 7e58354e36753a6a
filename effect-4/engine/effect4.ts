import { existsSync } from "node:fs"
import { join } from "node:path"
import { Project, type Symbol as TsSymbol, ts } from "ts-morph"

/** What the modules of the installed Effect 4 export, by its own type declarations. */
export interface Effect4 {
  /** Whether the module is there. */
  readonly hasModule: (module: string) => boolean
  /** Whether the module exports the member, which may be dotted: `Struct.Fields`. */
  readonly has: (module: string, member: string) => boolean
}

export const effect4 = (modules: string): Effect4 => {
  const project = new Project({
    compilerOptions: {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      skipLibCheck: true
    }
  })
  const known = new Map<string, ReadonlyArray<TsSymbol> | undefined>()

  const load = (module: string): ReadonlyArray<TsSymbol> | undefined => {
    const [scope = "", ...rest] = module.split("/")
    const [folder, inside] = scope.startsWith("@")
      ? [join(scope, rest[0] ?? ""), rest.slice(1).join("/")]
      : [scope, rest.join("/")]
    const files = [`${inside || "index"}.d.ts`, join(inside, "index.d.ts")].map((file) =>
      join(modules, folder, "dist", file)
    )
    const file = files.find(existsSync)
    return file === undefined ? undefined : project.addSourceFileAtPath(file).getSymbol()?.getExports()
  }

  const exportsOf = (module: string) => {
    if (!known.has(module)) {
      known.set(module, load(module))
    }
    return known.get(module)
  }

  const has = (symbols: ReadonlyArray<TsSymbol> | undefined, [name, ...rest]: ReadonlyArray<string>): boolean => {
    const symbol = symbols?.find((one) => one.getName() === name)
    if (symbol === undefined) {
      return false
    }
    const members = (symbol.getAliasedSymbol() ?? symbol).getExports()
    // a value without a namespace: what comes after it is a member of its type, which tsc checks
    return rest.length === 0 || members.length === 0 || has(members, rest)
  }

  return {
    hasModule: (module) => exportsOf(module) !== undefined,
    has: (module, member) => has(exportsOf(module), member.split("."))
  }
}
