import { assert, describe, it } from "@effect/vitest"
import { makeStyle, width } from "../src/program/output/span.js"
import { layOut, omitted, shortened } from "../src/program/output/table.js"
import { wrap } from "../src/program/output/wrap.js"

it("a table of 50,000 rows measures each cell once and aligns all of them", () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => [`wx${at}`, at % 2 === 0 ? "插件" : "plugin", "approved"])
  let measured = 0
  const measure = (text: string) => {
    measured++
    return width(text)
  }
  const lines = layOut({ head: ["appid", "name", "status"], rows }, makeStyle(false, false), Infinity, measure)
  assert.strictEqual(measured, 3 * 50_001)
  assert.lengthOf(lines, 50_001)
  assert.strictEqual(lines[1], "wx0      插件    approved")
  assert.strictEqual(lines[50_000], "wx49999  plugin  approved")
})

it("a table may have more rows than a call may have arguments", () => {
  const rows = Array.from({ length: 500_000 }, () => ["wx1"])
  assert.lengthOf(layOut({ head: ["appid"], rows }, makeStyle(false, false)), 500_001)
})

describe("in a narrow terminal", () => {
  const table = {
    head: ["appid", shortened("nickname"), shortened("reason"), omitted("avatar")],
    rows: [
      ["wx1", "腾讯位置服务路线规划", "maps for our shops", "https://example.com/1"],
      ["wx2", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 family", "", "https://example.com/2"]
    ]
  }
  const at = (room: number) => layOut(table, makeStyle(false, false), room)

  it("a table is left as it is while it fits", () => {
    assert.deepStrictEqual(at(70), at(Infinity))
    assert.strictEqual(at(70)[1], "wx1    腾讯位置服务路线规划  maps for our shops  https://example.com/1")
  })

  it("its widest cells are shortened by display width, and a column that is not needed is left out", () => {
    for (let room = 21; room < 70; room++) {
      const lines = at(room)
      assert.isAtMost(Math.max(...lines.map(width)), room, lines.join("\n"))
      assert.strictEqual(lines[0]!.includes("avatar"), room >= 56, String(room))
      // an emoji of several characters stays whole
      assert.notMatch(lines[2]!, /\u200d(?:…|$)/)
    }
    assert.deepStrictEqual(at(34), [
      "appid  nickname      reason",
      "wx1    腾讯位置服…   maps for our…",
      "wx2    👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 fami…"
    ])
  })

  it("a line breaks between words and Chinese characters, and never before a Chinese full stop", () => {
    const words = "wait wx4418e3e031e551be for the decision of its developer"
    assert.deepStrictEqual(wrap(words, 24).split("\n"), [
      "wait wx4418e3e031e551be",
      "for the decision of its",
      "developer"
    ])
    assert.deepStrictEqual(wrap("✓ 已申请使用插件，请等待 wx1 审核。", 20).split("\n"), [
      "✓ 已申请使用插件，请",
      "  等待 wx1 审核。"
    ])
    for (let room = 14; room < 40; room++) {
      const lines = wrap("  → 凭证无效：请核对 AppSecret（见“配置文件”），然后再试。", room).split("\n")
      assert.isAtMost(Math.max(...lines.map(width)), room, lines.join("\n"))
      assert.notMatch(lines.join("\n"), /\n *[，。）：”]|[（“]$/mu)
    }
  })

  it("a list continues below its second column, colours take no room, and a long word stays whole", () => {
    assert.deepStrictEqual(wrap("  \u001b[36m--json\u001b[39m  print only JSON on stdout", 24).split("\n"), [
      "  \u001b[36m--json\u001b[39m  print only",
      "          JSON on stdout"
    ])
    const url = "https://developers.weixin.qq.com/doc/oplatform"
    assert.strictEqual(wrap(`see ${url}`, 20), `see ${url}`)
  })
})
