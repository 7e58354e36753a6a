import { PluginManagerError } from "@effect-wechat/plugin-manager"
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { root, run, runtimes } from "@effect-wechat/test-support/process"

const read = (file: string) => readFileSync(root + file, "utf8")

const filesIn = (folder: string, suffix: string): ReadonlyArray<string> =>
  readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(suffix))
    .map((file) => `${folder}/${file}`)

const packages = readdirSync(`${root}packages`)
/** pages that are there in both languages, and have programs */
const pages = [
  "README",
  "docs/cloud-function",
  "docs/errors",
  "docs/fleet",
  "docs/https",
  "docs/operations",
  "docs/testing",
  "packages/fleet/README"
]
const documents = new Set([
  ...pages.flatMap((page) => [`${page}.md`, `${page}.zh-CN.md`]),
  ...packages.map((name) => `packages/${name}/README.md`)
])
const sources = packages.flatMap((name) => filesIn(`packages/${name}/src`, ".ts"))

/** the programs of a document, or of the examples in a source's comments */
const programs = (file: string): ReadonlyArray<string> => {
  const text = file.endsWith(".md") ? read(file) : read(file).replace(/^ *\* ?/gm, "")
  return [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, program]) => program!)
}

const folder = "tests/house/.generated"

beforeAll(() => {
  rmSync(root + folder, { recursive: true, force: true })
  mkdirSync(root + folder, { recursive: true })
})

describe("documentation", () => {
  it("every program in it type-checks as it stands", async () => {
    const files = [...documents, ...sources].flatMap((file) =>
      programs(file).map((program, at) => {
        const name = `${file.replaceAll(/[^\w]+/g, "_")}_${at + 1}.ts`
        writeFileSync(`${root}${folder}/${name}`, program)
        return name
      })
    )
    assert.isAbove(files.length, 30)
    const options = { noEmit: true, noUnusedLocals: false }
    writeFileSync(
      `${root}${folder}/tsconfig.json`,
      JSON.stringify({ extends: "../../../tsconfig.base.json", compilerOptions: options, files })
    )
    const { code, stdout } = await run("node_modules/.bin/tsc", ["-p", folder])
    assert.strictEqual(stdout, "")
    assert.strictEqual(code, 0)
  })

  for (const [runtime, command, args] of runtimes) {
    for (const readme of ["README.md", "README.zh-CN.md"]) {
      it(`${readme} opens with a program that works when pasted, under ${runtime}`, async () => {
        const file = `${folder}/pasted-${runtime}-${readme}.ts`
        writeFileSync(root + file, programs(readme)[0]!)
        const { code, stderr, stdout } = await run(command, [...args, file])
        assert.deepStrictEqual([code, stderr], [0, ""])
        assert.strictEqual(stdout, /^```text\n([^]*?)^```/m.exec(read(readme))![1])
      })
    }
  }

  it("docs/errors lists every error with what to do, in both languages", () => {
    const classes = Object.values(PluginManagerError).filter(
      (value) => typeof value === "function" && "codes" in value && "hint" in value
    ) as ReadonlyArray<{
      readonly _tag: string
      readonly codes: ReadonlyArray<number>
      readonly hint: PluginManagerError.Hint | ((api: string) => PluginManagerError.Hint)
    }>
    assert.isAbove(classes.length, 25)
    for (const [page, language, others] of [
      ["docs/errors.md", "en", "any other"],
      ["docs/errors.zh-CN.md", "zh", "其他"]
    ] as const) {
      const lines = read(page).split("\n")
      for (const { _tag, codes, hint } of classes) {
        const text = typeof hint === "function" ? hint("pluginManager.getPluginList") : hint
        assert.include(lines, `| \`${_tag}\` | ${codes.join(", ") || others} | ${text[language]} |`)
      }
      for (const reason of PluginManagerError.TransportReason.literals) {
        const error = new PluginManagerError.WechatTransportError({
          api: "",
          reason,
          description: "",
          isRetryable: false
        })
        assert.include(lines, `| \`WechatTransportError\` | \`${reason}\` | ${error.hint[language]} |`)
      }
      const decode = new PluginManagerError.WechatDecodeError({ api: "", issue: "" })
      assert.include(lines, `| \`WechatDecodeError\` | | ${decode.hint[language]} |`)
      const pluginAppid = "wx1"
      for (const { _tag, hint } of [
        new PluginManagerError.InvalidPayload({ api: "", issue: "" }),
        new PluginManagerError.ApplicationRefused({ pluginAppid }),
        new PluginManagerError.ApplicationTimedOut({ pluginAppid }),
        new PluginManagerError.ApplicationUndecided({ pluginAppid, status: "applying" }),
        new PluginManagerError.PluginNotAppliedFor({ pluginAppid })
      ]) {
        assert.include(lines, `| \`${_tag}\` | | ${hint[language]} |`)
      }
    }
  })

  it("both READMEs show the recording of a terminal, which has what the command prints, and nothing of the machine", () => {
    const svg = read("docs/wechat-plugin.svg")
    const text = svg.replaceAll(/<[^>]*>/g, "")
    for (const shown of ["腾讯位置服务路线规划", "申请通过", "IpNotAllowed", "Remove the plugin", "ip-whitelist: "]) {
      assert.include(text, shown)
    }
    // Chinese has runs of its own, so that the columns stand whatever fonts there are
    for (const [, x, length, content] of svg.matchAll(/<text x="(\d+)" textLength="(\d+)"[^>]*>([^<]*)</g)) {
      assert.strictEqual(Number(x) % 8, 0)
      assert.notMatch(content!, /[\u4e00-\u9fff].*[a-z]|[a-z].*[\u4e00-\u9fff]/i, `${content} is ${length} wide`)
    }
    for (const stray of ["\u001b", "/tmp", "/home", "@"]) {
      assert.notInclude(text, stray)
    }
    for (const readme of ["README.md", "README.zh-CN.md"]) {
      assert.include(read(readme), "](docs/wechat-plugin.svg)")
    }
  })

  it("pages in both languages have the same programs, but for what they say in words", () => {
    const code = (readme: string) =>
      programs(readme).map((program) => program.replaceAll(/\/\/.*|"[^"]*"|`[^`]*`/g, ""))
    for (const page of pages) {
      assert.deepStrictEqual(code(`${page}.md`), code(`${page}.zh-CN.md`))
    }
  })
})
