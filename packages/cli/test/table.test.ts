import { assert, it } from "@effect/vitest"
import { makeStyle, width } from "../src/program/output/span.js"
import { layOut } from "../src/program/output/table.js"

it("a table of 50,000 rows measures each cell once and aligns all of them", () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => [`wx${at}`, at % 2 === 0 ? "插件" : "plugin", "approved"])
  let measured = 0
  const lines = layOut({ head: ["appid", "name", "status"], rows }, makeStyle(false, false), (text) => {
    measured++
    return width(text)
  })
  assert.strictEqual(measured, 3 * 50_001)
  assert.lengthOf(lines, 50_001)
  assert.strictEqual(lines[1], "wx0      插件    approved")
  assert.strictEqual(lines[50_000], "wx49999  plugin  approved")
})

it("a table may have more rows than a call may have arguments", () => {
  const rows = Array.from({ length: 500_000 }, () => ["wx1"])
  assert.lengthOf(layOut({ head: ["appid"], rows }, makeStyle(false, false)), 500_001)
})
