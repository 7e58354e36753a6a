import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { root, run } from "@effect-wechat/test-support/process"
import { readFileSync } from "node:fs"
import { stripVTControlCharacters } from "node:util"
import { names as namesOf } from "../src/grammar/commands.js"
import { groups } from "../src/program/output/invocation.js"
import { renderHelp } from "../src/grammar/renderHelp.js"
import { name, runtime, wechat, write, folder } from "./support.js"
import { terminal } from "./terminal.js"

const names = namesOf(({ en }) => en)
const isWord = (name: string) => !name.includes(" ")

const { version } = JSON.parse(readFileSync(`${root}packages/cli/package.json`, "utf8")) as { readonly version: string }

describe(`help under ${name}`, () => {
  it.live("is shown without an argument, by --help and by -h, in both languages", () =>
    Effect.gen(function* () {
      const english = yield* wechat(["--help"], {}, runtime)
      assert.deepStrictEqual([english.code, english.stderr], [0, ""])
      assert.notMatch(english.stdout, /\u001b/)
      for (const command of names.filter(isWord)) {
        assert.match(english.stdout, new RegExp(`^ {2}${command} +[A-Z]`, "m"))
      }
      assert.match(english.stdout, /^ {2}6 +quota exceeded$/m)
      assert.deepStrictEqual(yield* wechat([], {}, runtime), english)
      assert.deepStrictEqual(yield* wechat(["-h"], {}, runtime), english)
      assert.deepStrictEqual(yield* wechat(["help"], {}, runtime), english)
      const chinese = yield* wechat(["--help", "--lang", "zh"], {}, runtime)
      assert.match(chinese.stdout, /^命令\n {2}list +列出/m)
      assert.deepStrictEqual(yield* wechat(["-h"], { LANG: "zh_CN.UTF-8" }, runtime), chinese)
      const list = yield* wechat(["list", "--help", "--lang", "zh"], {}, runtime)
      assert.match(list.stdout, /--watch/)
      assert.deepStrictEqual(yield* wechat(["--lang", "zh", "list", "--help"], {}, runtime), list)
      assert.deepStrictEqual(yield* wechat(["help", "list", "--lang", "zh"], {}, runtime), list)
      for (const args of [
        ["help", "nothing"],
        ["nothing", "--help"],
        ["toString", "-h"]
      ]) {
        const { code, stderr, stdout } = yield* wechat(args, {}, runtime)
        assert.deepStrictEqual([code, stdout], [2, ""])
        assert.match(stderr, /there is no command (?:nothing|toString)/)
      }
    })
  )

  it.live("of each command shows its options and examples", () =>
    Effect.gen(function* () {
      for (const command of names) {
        const words = command.split(" ")
        const { code, stderr, stdout } = yield* wechat([...words, "--help"], {}, runtime)
        assert.deepStrictEqual([code, stderr], [0, ""])
        assert.include(stdout, `wechat-plugin ${command}`)
        assert.match(stdout, new RegExp(`^EXAMPLES\n {2}wechat-plugin ${command}`, "m"))
        assert.strictEqual(/^ {2}--json +print only JSON on stdout$/m.test(stdout), !groups.includes(command))
        const { stdout: chinese } = yield* wechat([...words, "--help", "--lang=zh"], {}, runtime)
        // the English that remains is what users type, and WeChat's own terms
        assert.notMatch(chinese, /\b[a-z]{2,} (?:a|an|the|of|to|is|and|or|this)\b/i)
      }
    })
  )

  it.live("of a group shows its commands, also if nothing follows its name", () =>
    Effect.gen(function* () {
      const { code, stderr, stdout } = yield* wechat(["fleet"], {}, runtime)
      assert.deepStrictEqual([code, stderr], [0, ""])
      for (const command of names.filter((name) => name.startsWith("fleet "))) {
        assert.match(stdout, new RegExp(`^ {2}${command.split(" ")[1]} +[A-Z]`, "m"))
      }
      const help = yield* wechat(["fleet", "sweep", "--help"], {}, runtime)
      for (const args of [
        ["help", "fleet", "sweep"],
        ["--help", "fleet", "sweep"],
        ["fleet", "--help", "sweep"]
      ]) {
        assert.deepStrictEqual(yield* wechat(args, {}, runtime), help)
      }
      const unknown = yield* wechat(["fleet", "nothing", "--help"], {}, runtime)
      assert.strictEqual(unknown.code, 2)
      assert.match(unknown.stderr, /fleet has no command nothing → Its commands are sweep, /)
    })
  )

  it.live("-v and --version print the version", () =>
    Effect.gen(function* () {
      for (const option of ["--version", "-v"]) {
        assert.deepStrictEqual(yield* wechat([option], {}, runtime), { code: 0, stderr: "", stdout: `${version}\n` })
      }
    })
  )
})

describe("the help that the build renders", () => {
  const rendered = renderHelp(version)

  it.live("is what the definitions of the commands say, in both languages", () =>
    Effect.gen(function* () {
      for (const language of ["zh", "en"] as const) {
        assert.sameMembers(Object.keys(rendered[language]), ["", ...names])
        for (const [command, text] of Object.entries(rendered[language])) {
          const { stdout } = yield* wechat([
            ...(command === "" ? [] : command.split(" ")),
            "--help",
            "--lang",
            language
          ])
          assert.strictEqual(stdout, stripVTControlCharacters(text))
        }
      }
    })
  )

  it.scopedLive("has colours on a terminal that shows them", () =>
    Effect.gen(function* () {
      const shown = (env: Record<string, string>) =>
        Effect.gen(function* () {
          const session = yield* terminal(["list", "--help"], env)
          yield* session.ended
          return session.bytes().replaceAll("\r\n", "\n")
        })
      const list = rendered.en["list"]!
      assert.strictEqual(yield* shown({}), list)
      assert.notStrictEqual(stripVTControlCharacters(list), list)
      for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
        assert.strictEqual(yield* shown(env), stripVTControlCharacters(list))
      }
    })
  )
})

describe("completions", () => {
  it.scopedLive("work in bash", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* wechat(["--completions", "bash"])
      assert.strictEqual(code, 0)
      const script = `${yield* folder}/completions.bash`
      write(script, stdout)
      const complete = (...words: ReadonlyArray<string>) =>
        Effect.map(
          Effect.promise(() =>
            run("bash", [
              "-c",
              `source "$0"; f=$(complete -p wechat-plugin | sed 's/.*-F \\([^ ]*\\).*/\\1/'); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); "$f" wechat-plugin "\${!#}"; echo "\${COMPREPLY[@]}"`,
              script,
              ...words
            ])
          ),
          ({ stderr, stdout }) => {
            assert.strictEqual(stderr, "")
            return stdout.trim().split(" ")
          }
        )
      assert.sameMembers([...(yield* complete("wechat-plugin", "ap"))], ["apply", "applications"])
      assert.includeMembers(yield* complete("wechat-plugin", "list", "--"), ["--watch", "--json", "--profile"])
      assert.deepStrictEqual(yield* complete("wechat-plugin", "list", "--lang", ""), ["zh", "en"])
      assert.sameMembers([...(yield* complete("wechat-plugin", "fleet", "pa"))], ["pause"])
      assert.includeMembers(yield* complete("wechat-plugin", "fleet", "sweep", "--"), ["--apps", "--database"])
      assert.deepStrictEqual(yield* complete("wechat-plugin", "applications", "--status", "ref"), ["refused"])
    })
  )

  it.live("exist for zsh and fish", () =>
    Effect.gen(function* () {
      const zsh = yield* wechat(["--completions", "zsh"])
      assert.match(zsh.stdout, /^#compdef wechat-plugin/)
      const fish = yield* wechat(["--completions", "fish"])
      assert.include(fish.stdout, "complete -c wechat-plugin")
      for (const command of names) {
        const word = command.split(" ").at(-1)!
        assert.include(zsh.stdout, word)
        assert.include(fish.stdout, word)
      }
    })
  )
})
