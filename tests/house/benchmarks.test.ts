import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { tables } from "../../benchmarks/lib/readme.mjs"
import { root } from "@effect-wechat/test-support/process"

const read = (file: string) => readFileSync(root + file, "utf8")

describe("the figures in the READMEs", () => {
  it.each([
    ["README.md", "en"],
    ["README.zh-CN.md", "zh"]
  ] as const)("%s has those of the last whole run of npm run bench", (file, language) => {
    assert.include(read(file), tables(JSON.parse(read("benchmarks/results.json")), language))
  })
})
