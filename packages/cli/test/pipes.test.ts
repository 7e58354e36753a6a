import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { run } from "@effect-wechat/test-support/process"
import { Answers } from "../src/program/schema/answers.js"
import { bin, environmentOf, nobody, name, runtime } from "./support.js"

const many = Array.from({ length: 4000 }, (_, at) => ({ appid: `wx-plugin-${at}`, nickname: `插件 ${at}` }))

/** more than the buffer of a pipe */
const world = World.make({
  miniPrograms: [{ appid: "wx-1", pluginLimit: many.length }],
  plugins: many,
  applications: many.map(({ appid }) => ({ applicant: "wx-1", plugin: appid, status: 2 }))
})

describe(`in a pipe, under ${name}`, () => {
  const bash = (script: string) =>
    Effect.flatMap(Emulator.Emulator, (emulator) =>
      Effect.promise(() =>
        run("bash", ["-c", script, "bash", runtime, bin], { env: { ...nobody, ...environmentOf(emulator) } })
      )
    )

  it.live("a reader that stops early is not an error", () =>
    Effect.gen(function* () {
      for (const args of ["list", "list --json", "errors", "--help"]) {
        const { code, stderr, stdout } = yield* bash(`"$1" "$2" ${args} | head -n 1; exit \${PIPESTATUS[0]}`)
        assert.deepStrictEqual([code, stderr.replace(/^4000 plugins.*\n/, "")], [0, ""], args)
        assert.lengthOf(stdout.trimEnd().split("\n"), 1)
      }
    }).pipe(Effect.provide(Emulator.layer({ world })))
  )

  it.live("a long result arrives whole", () =>
    Effect.gen(function* () {
      const { stdout } = yield* bash(`"$1" "$2" list --json | cat`)
      assert.lengthOf(Schema.decodeUnknownSync(Answers.list)(JSON.parse(stdout)), many.length)
      const failed = yield* bash(`"$1" "$2" errors 1 --json | cat; exit \${PIPESTATUS[0]}`)
      assert.strictEqual(failed.code, 2)
      assert.strictEqual((JSON.parse(failed.stdout) as typeof Answers.error.Type).error.exitCode, 2)
    }).pipe(Effect.provide(Emulator.layer({ world })))
  )
})
