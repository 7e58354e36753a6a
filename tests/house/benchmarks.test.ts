import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { majorsFiles, majorsTable } from "../../benchmarks/lib/majorsTable.mjs"
import { files, tables } from "../../benchmarks/lib/readme.mjs"
import { root } from "@effect-wechat/test-support/process"

const read = (file: string) => readFileSync(root + file, "utf8")

describe("the figures in the documentation", () => {
  it.each(files)("%s has those of the last whole run of npm run bench", (file, language, kind) => {
    assert.include(read(file), tables(JSON.parse(read("benchmarks/results.json")), language)[kind])
  })

  it.each(majorsFiles)("%s has those of the last run of npm run bench:majors", (file, language, length) => {
    assert.include(read(file), majorsTable(JSON.parse(read("benchmarks/majors.json")), language, length))
  })
})
