import { root } from "@effect-wechat/test-support/process"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { emptyFolder, type Major, managers } from "./managers.js"

const pages = ["docs/effect-4.md", "docs/effect-4.zh-CN.md"].map((page) => readFileSync(root + page, "utf8"))
const [npm, pnpm, bun] = managers as [(typeof managers)[number], (typeof managers)[number], (typeof managers)[number]]

const wrong: Record<Major, ReadonlyArray<string>> = {
  4: ["effect@4", "@effect-wechat/plugin-manager@1", "@effect-wechat/transport-https@1"],
  3: ["effect@3", "@effect-wechat/plugin-manager@2", "@effect-wechat/transport-https@2"]
}

/** What each says, with what changes with every release of Effect left out. */
const says: Record<Major, readonly [npm: ReadonlyArray<string>, pnpm: string, atImport: ReadonlyArray<string>]> = {
  4: [["ERESOLVE", 'peer effect@"^3.20.0"'], "unmet peer effect@^3.20.0", ["Cannot find module", "effect/"]],
  3: [
    ["ERESOLVE", 'peer effect@"^4.1.0"'],
    "unmet peer effect@^4.1.0",
    ['is not defined by "exports"', "effect/package.json"]
  ]
}

describe.each<Major>([4, 3])("the other major of ours with Effect %i", (major) => {
  const [byNpm, byPnpm, atImport] = says[major]

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

  it("Bun installs it, and the first import fails with the words of the documentation", async () => {
    const stranger = emptyFolder(major)
    await stranger.succeed(bun.add[0]!, [...bun.add.slice(1), ...wrong[major]])
    const { all, code } = await stranger.run("node", [
      "--input-type=module",
      "--eval",
      'await import("@effect-wechat/plugin-manager")'
    ])
    stranger.remove()
    assert.notStrictEqual(code, 0)
    atImport.forEach((words) => assert.include(all, words))
    console.log(all)
  })

  it("is in the documentation, in these words", () => {
    for (const page of pages) {
      for (const words of [...byNpm, byPnpm, ...atImport]) {
        assert.include(page, words)
      }
    }
  })
})
