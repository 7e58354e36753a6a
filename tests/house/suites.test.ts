import { root, run } from "@effect-wechat/test-support/process"
import { assert, describe, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"
import { relative } from "node:path"
import { suites } from "../../scripts/suites.mjs"

const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>
}

/** what .ci/run runs, one script after the other */
const inCi = /^for script in (.*); do$/m.exec(readFileSync(`${root}.ci/run`, "utf8"))![1]!.split(" ")

const fileOf = (folder: string) =>
  readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !file.includes("node_modules"))
    .map((file) => `${folder}/${file}`)

describe("the suites", () => {
  it("are all run by a script, and every script of tests by .ci/run", () => {
    const tests = Object.keys(scripts).filter((name) => name === "test" || name.startsWith("test:"))
    assert.sameMembers(inCi, tests)
    for (const suite of Object.keys(suites)) {
      const [name, command] = suite === "main" ? ["test", ""] : [`test:${suite}`, ` ${suite}`]
      assert.strictEqual(scripts[name], `node scripts/test.mjs${command}`)
    }
  })

  it("have every file of tests exactly once on Node", async () => {
    const names = Object.values(suites)
      .flat()
      .filter(([, [program], env]) => program === "vitest" && env === undefined)
      .flatMap(([, command]) => command.filter((word) => word.startsWith("--project=")))
    const { stdout } = await run("node_modules/.bin/vitest", ["list", "--filesOnly", "--json", ...names])
    const listed = (JSON.parse(stdout) as ReadonlyArray<{ readonly file: string }>).map(({ file }) =>
      relative(root, file)
    )
    const files = [...fileOf("packages"), ...fileOf("tests")].filter((file) => !file.startsWith("tests/chaos/"))
    assert.strictEqual(new Set(names).size, names.length)
    assert.deepStrictEqual(listed.sort(), files.sort())
  })

  // @effect/vitest 0.30 writes the layer's methods on its own `it`, which all files of a worker share without isolation
  it("do not use `layer` of @effect/vitest, but for a project in which nothing else is used", () => {
    const using = [...fileOf("packages"), ...fileOf("tests")].filter((file) =>
      /\bit\.layer\(|import \{[^}]*\blayer\b[^}]*\} from "@effect\/vitest"/.test(readFileSync(root + file, "utf8"))
    )
    assert.deepStrictEqual(using, [])
  })
})
