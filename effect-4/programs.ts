import type { Project } from "ts-morph"
import type { Effect4 } from "./engine/effect4.js"
import { emitFile } from "./engine/emit.js"
import type { Problem } from "./engine/problems.js"
import { rules } from "./rules/all.js"
import { toEffect4 } from "./rules/translate.js"

/** What a document of Effect 3 tells to install, by what it is for Effect 4. */
const installed: ReadonlyArray<readonly [string, string]> = [
  ["effect@3", "effect@4"],
  [" @effect/platform@0.97", ""],
  ["@effect/platform-node@0.108", "@effect/platform-node@4"],
  ["vitest@3 @effect/vitest@0.30", "vitest@5 @effect/vitest@4"],
  [" @effect/experimental@0.60", ""],
  ...["plugin-manager", "transport-https", "transport-cloud", "emulator"].map(
    (name) => [`@effect-wechat/${name}@1`, `@effect-wechat/${name}`] as const
  )
]

/** `{ Effect } from "effect"`, as documents write it, for `* as Effect from "effect/Effect"`. */
const byIndex = (text: string): string => {
  const named = new Map<string, Array<string>>()
  const rest = text.replace(
    /^import (type )?\* as (\w+) from "(effect(?:\/\w+)?)\/(\w+)"\n/gm,
    (line, type, local, index, name) => {
      if (local !== name) {
        return line
      }
      named.set(index, [...(named.get(index) ?? []), `${type ?? ""}${name}`])
      return ""
    }
  )
  const imports = [...named].map(([index, names]) =>
    names.every((name) => name.startsWith("type "))
      ? `import type { ${names.map((name) => name.slice(5)).join(", ")} } from "${index}"\n`
      : `import { ${names.join(", ")} } from "${index}"\n`
  )
  const ours = /^(?:import (?:[^"]|\n)*"@effect-wechat\/[^"]*"\n)*/.exec(rest)?.[0].length ?? 0
  return rest.slice(0, ours) + imports.join("") + rest.slice(ours)
}

/** Writes the programs of documents and of comments anew, and keeps them for the compiler. */
export class Programs {
  readonly all = new Map<string, string>()
  readonly problems: Array<Problem> = []

  constructor(
    private readonly project: Project,
    private readonly effect4: Effect4,
    private readonly root: string,
    /** programs that stay as they are */
    private readonly left: ReadonlySet<string>
  ) {}

  inDocument(file: string, text: string): string {
    const programs = text.replace(
      /^```ts\n([^]*?)^```/gm,
      (_, program: string) => `\`\`\`ts\n${this.one(file, program)}\`\`\``
    )
    return installed.reduce((all, [before, now]) => all.replaceAll(before, now), programs)
  }

  inComments(file: string, text: string): string {
    return text.replace(/^( *\*) ```ts\n([^]*?)^ *\* ```/gm, (_, star: string, lines: string) => {
      const program = this.one(file, lines.replace(/^ *\* ?/gm, ""))
      return `${star} \`\`\`ts\n${program.replace(/^(.*)\n/gm, (_, line) => `${star} ${line}`.trimEnd() + "\n")}${star} \`\`\``
    })
  }

  private one(file: string, program: string): string {
    if (this.left.has(program)) {
      return program
    }
    const name = `${file.replaceAll(/[^\w]+/g, "_")}_${this.all.size + 1}.ts`
    const source = this.project.createSourceFile(`${this.root}examples/${name}`, program)
    const { problems, text } = emitFile(source, rules, this.effect4, toEffect4)
    this.problems.push(...problems.map((problem) => ({ ...problem, file: `${this.root}${file}, its program` })))
    const written = byIndex(text)
    this.all.set(name, written)
    return written
  }
}
