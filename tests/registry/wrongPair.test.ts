import { root } from "@effect-wechat/test-support/process"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { emptyFolder, type Major, managers } from "./managers.js"

const pages = ["docs/effect-4.md", "docs/effect-4.zh-CN.md"].map((page) => readFileSync(root + page, "utf8"))
const questions = ["docs/faq.md", "docs/faq.zh-CN.md"].map((page) => readFileSync(root + page, "utf8"))
const [npm, pnpm, bun] = managers as [(typeof managers)[number], (typeof managers)[number], (typeof managers)[number]]

const wrong: Record<Major, ReadonlyArray<string>> = {
  4: ["effect@4", "@effect-wechat/plugin-manager@1", "@effect-wechat/transport-https@1"],
  3: ["effect@3", "@effect-wechat/plugin-manager@2", "@effect-wechat/transport-https@2"]
}

interface Says {
  readonly npm: ReadonlyArray<string>
  readonly pnpm: string
  /** when the program is run, by Bun and by Node */
  readonly atImport: { readonly bun: string; readonly node: ReadonlyArray<string> }
}

const says: Record<Major, Says> = {
  4: {
    npm: ["ERESOLVE", 'peer effect@"^3.20.0"'],
    pnpm: "unmet peer effect@^3.20.0",
    atImport: {
      bun: "Cannot find module 'effect/Either'",
      node: ["Cannot find module '", "/node_modules/effect/dist/Either.js'"]
    }
  },
  3: {
    npm: ["ERESOLVE", 'peer effect@"^4.1.0"'],
    pnpm: "unmet peer effect@^4.1.0",
    atImport: {
      bun: "Cannot find module 'effect/Result'",
      node: ["Package subpath './Result' is not defined by \"exports\" in ", "/node_modules/effect/package.json"]
    }
  }
}

describe.each<Major>([4, 3])("the other major of ours with Effect %i", (major) => {
  const { atImport, npm: byNpm, pnpm: byPnpm } = says[major]

  it("npm refuses it", async () => {
    const stranger = emptyFolder(major)
    const { all, code } = await stranger.run(npm.add[0]!, [...npm.add.slice(1), ...wrong[major]])
    stranger.remove()
    assert.notStrictEqual(code, 0)
    byNpm.forEach((words) => assert.include(all, words))
  })

  it("pnpm warns of it", async () => {
    const stranger = emptyFolder(major)
    const { all } = await stranger.run(pnpm.add[0]!, [...pnpm.add.slice(1), ...wrong[major]])
    stranger.remove()
    assert.include(all, byPnpm)
  })

  it("Bun installs it, and the first import fails", async () => {
    const stranger = emptyFolder(major)
    await stranger.succeed(bun.add[0]!, [...bun.add.slice(1), ...wrong[major]])
    const program = ["--eval", 'import "@effect-wechat/plugin-manager"']
    const onBun = await stranger.run(bun.add[0]!, program)
    const onNode = await stranger.run("node", ["--input-type=module", ...program])
    stranger.remove()
    assert.notStrictEqual(onBun.code, 0)
    assert.include(onBun.all, atImport.bun)
    assert.notStrictEqual(onNode.code, 0)
    atImport.node.forEach((words) => assert.include(onNode.all, words))
  })

  it("is in the documentation, in these words", () => {
    for (const page of questions) {
      assert.include(page, byNpm[1])
      assert.include(page, atImport.bun)
    }
    for (const page of pages) {
      for (const words of [...byNpm, byPnpm, atImport.bun, ...atImport.node]) {
        assert.include(page, words)
      }
    }
  })
})
