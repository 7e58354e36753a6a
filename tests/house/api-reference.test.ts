import { assert, it } from "@effect/vitest"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root, run } from "@effect-wechat/test-support/process"

const pages = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")])
  )

it("docs/api, docs/errcodes.md, docs/commands.md and the schema of the command are what `npm run docs` writes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "effect-wechat-docs-"))
  try {
    const { code, stderr, stdout } = await run("node", ["scripts/docs.mjs", folder])
    assert.deepStrictEqual([code, stderr, stdout], [0, "", ""])
    const fresh = pages(folder)
    const schema = "output.schema.json"
    assert.strictEqual(
      readFileSync(join(root, "packages/cli", schema), "utf8"),
      readFileSync(join(folder, schema), "utf8"),
      `${schema} is stale: run \`npm run docs\` and commit it`
    )
    const committed = Object.fromEntries(
      Object.entries(pages(join(root, "docs"))).filter(([file]) => file.startsWith("api") || file in fresh)
    )
    assert.deepStrictEqual(Object.keys(committed), Object.keys(fresh), "run `npm run docs` and commit docs")
    for (const [file, text] of Object.entries(fresh)) {
      assert.strictEqual(committed[file], text, `docs/${file} is stale: run \`npm run docs\` and commit it`)
      assert.notInclude(text, root, "no machine's path")
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
