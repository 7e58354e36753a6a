import { root, run } from "@effect-wechat/test-support/process"
import { assert, describe, it } from "@effect/vitest"
import { spawn } from "@lydell/node-pty"
import { Effect } from "effect"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const temporary = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "create-effect-wechat-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const create = (args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  Effect.promise(() =>
    run("node", ["--import", "tsx", "packages/create/src/bin.ts", ...args], {
      cwd: root,
      env: { LANG: "en_US.UTF-8", ...env }
    })
  )

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, Record<string, string>>

describe("npm create @effect-wechat", () => {
  it.scopedLive("writes a project with what was chosen", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporary, "My Plugins")
      const args = [folder, "--runtime", "bun", "--transport", "cloud", "--effect", "3"]
      const { code, stderr, stdout } = yield* create(args)
      assert.deepStrictEqual([code, stderr], [0, ""])
      assert.match(stdout, /^ {2}bun run start +# lists plugins[^]*TENCENTCLOUD_SECRETID=.* bun main\.ts$/m)
      assert.sameMembers(readdirSync(folder), [
        ".gitignore",
        "main.ts",
        "package.json",
        "plugins.test.ts",
        "plugins.ts",
        "tsconfig.json",
        "wechat.ts"
      ])
      const { dependencies, devDependencies, name } = manifestOf(folder)
      assert.deepStrictEqual<unknown>(name, "my-plugins")
      assert.strictEqual(dependencies?.["effect"], "^3.22.0")
      assert.match(dependencies?.["@effect-wechat/transport-cloud"] ?? "", /^\^1\./)
      assert.notProperty(dependencies, "@effect/platform")
      assert.match(devDependencies?.["@effect-wechat/emulator"] ?? "", /^\^1\./)
    })
  )

  it.scopedLive("takes the first values when it is not to ask, or cannot", () =>
    Effect.gen(function* () {
      const parent = yield* temporary
      for (const args of [["--yes"], []]) {
        const folder = join(parent, `project${args.length}`)
        yield* create([folder, ...args])
        const { dependencies, engines, scripts } = manifestOf(folder)
        assert.match(scripts?.["start"] ?? "", /tsx main\.ts$/)
        assert.strictEqual(dependencies?.["effect"], "^4.1.0")
        assert.deepStrictEqual(engines, { node: ">=22" })
        assert.match(dependencies?.["@effect-wechat/transport-https"] ?? "", /^\^2\./)
      }
    })
  )

  it.scopedLive("asks in a terminal", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporary, "asked")
      const answers: Array<readonly [question: string, answer: string]> = [
        ["目录 (my-plugins) ", folder],
        ["在哪里运行？ [node / bun / cloud-function] (node) ", ""],
        ["如何访问微信？ [https / cloud] (https) ", "cloud"],
        ["使用哪个版本的 Effect？ [4 / 3] (4) ", "3"]
      ]
      const code = yield* Effect.async<number>((resume) => {
        const terminal = spawn("node", ["--import", "tsx", "packages/create/src/bin.ts"], {
          cwd: root,
          env: { PATH: process.env["PATH"]!, LANG: "zh_CN.UTF-8" },
          cols: 120
        })
        let printed = ""
        terminal.onData((data) => {
          printed += data
          if (answers.length > 0 && printed.includes(answers[0]![0])) {
            terminal.write(`${answers.shift()![1]}\r`)
          }
        })
        terminal.onExit(({ exitCode }) => resume(Effect.succeed(exitCode)))
      })
      assert.deepStrictEqual([code, answers], [0, []])
      const { dependencies, scripts } = manifestOf(folder)
      assert.include(scripts?.["start"], "tsx main.ts")
      assert.property(dependencies, "@effect-wechat/transport-cloud")
      assert.strictEqual(dependencies?.["effect"], "^3.22.0")
    })
  )

  it.scopedLive("names wrong input in words, in both languages, and writes nothing", () =>
    Effect.gen(function* () {
      const parent = yield* temporary
      const folder = join(parent, "project")
      for (const [args, en, zh] of [
        [
          ["--runtime", "deno"],
          /^--runtime cannot be "deno"\. It is one of: node, bun, cloud-function\.\n$/,
          /不能是“deno”/
        ],
        [["--effect", "5"], /^--effect cannot be "5"\. It is one of: 4, 3\.\n$/, /可选值：4, 3/],
        [["--runtime", "cloud-function", "--transport", "https"], /--transport cloud/, /云函数使用 --transport cloud/],
        [["--colour"], /cannot be understood: .*--colour[^]*--help/, /无法识别参数/],
        [["another"], /cannot be understood: another/, /无法识别参数：another/]
      ] as const) {
        for (const [LANG, pattern] of [
          ["en_US.UTF-8", en],
          ["zh_CN.UTF-8", zh]
        ] as const) {
          const { code, stderr, stdout } = yield* create([folder, ...args], { LANG })
          assert.deepStrictEqual([code, stdout], [2, ""])
          assert.match(stderr, pattern)
        }
      }
      assert.deepStrictEqual(readdirSync(parent), [])
      yield* create([folder])
      const again = yield* create([folder])
      assert.strictEqual(again.code, 2)
      assert.include(again.stderr, "is not empty. Name another folder.")
    })
  )
})
