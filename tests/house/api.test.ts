import { assert, describe, expect, it } from "@effect/vitest"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { sortBy } from "effect/Array"
import * as Order from "effect/Order"
import ts from "typescript"
import { root } from "@effect-wechat/test-support/process"

const printer = ts.createPrinter({ removeComments: true })

/**
 * A declaration file without its comments, which may change as they like. Members of unions and of object types are sorted:
 * TypeScript writes them in the order in which it met them, which any change elsewhere turns around.
 */
const declarations = (file: string): string => {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest)
  const text = (node: ts.Node) => printer.printNode(ts.EmitHint.Unspecified, node, source)
  const sorted = <A extends ts.Node>(nodes: ts.NodeArray<A>) =>
    [...nodes].sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0))
  const sort: ts.TransformerFactory<ts.SourceFile> = (context) => {
    const visit = (before: ts.Node): ts.Node => {
      const node = ts.visitEachChild(before, visit, context)
      if (ts.isUnionTypeNode(node)) {
        return context.factory.createUnionTypeNode(sorted(node.types))
      }
      return ts.isTypeLiteralNode(node) && node.members.every(ts.isPropertySignature)
        ? context.factory.createTypeLiteralNode(sorted(node.members))
        : node
    }
    return (file) => ts.visitEachChild(file, visit, context)
  }
  return printer.printFile(ts.transform(source, [sort]).transformed[0]!).trim()
}

/**
 * All that a package declares to TypeScript, and to package managers. tsdown writes a declaration file only for modules that the
 * public ones need, so an internal one that is here is part of the public types.
 */
const report = (name: string): string => {
  const folder = `${root}packages/${name}/`
  const { engines, peerDependencies, peerDependenciesMeta, publishConfig } = JSON.parse(
    readFileSync(`${folder}package.json`, "utf8")
  ) as Record<string, Record<string, object>>
  const { bin, exports } = publishConfig!
  const files = readdirSync(`${folder}dist`, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".d.ts")
  )
  const internalLast = sortBy(
    Order.mapInput(Order.boolean, (file: string) => file.includes("/")),
    Order.string
  )
  return [
    `# @effect-wechat/${name}`,
    "The public API, written by `npm run api` and held by `npm test`: what changes here changes for users.",
    `\`\`\`json\n${JSON.stringify({ exports: Object.keys(exports!), bin, peerDependencies, peerDependenciesMeta, engines }, null, 2)}\n\`\`\``,
    ...internalLast(files).map((file) => `## ${file}\n\n\`\`\`ts\n${declarations(`${folder}dist/${file}`)}\n\`\`\``),
    ""
  ].join("\n\n")
}

describe("the public API, as built (a change on purpose: npm run api)", () => {
  for (const name of readdirSync(`${root}packages`).filter((name) =>
    existsSync(`${root}packages/${name}/src/index.ts`)
  )) {
    it(name, async () => {
      assert.isTrue(existsSync(`${root}packages/${name}/dist`), "not built yet: npm run build")
      await expect(report(name)).toMatchFileSnapshot(`api/${name}.md`)
    })
  }
})
