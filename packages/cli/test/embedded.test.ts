import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { name, runtime, wechat } from "./support.js"

describe(`--emulator under ${name}`, () => {
  const emulated = (...args: ReadonlyArray<string>) => wechat([...args, "--emulator"], {}, runtime)

  it.live("gives every command an emulator of its own", () =>
    Effect.gen(function* () {
      for (const [args, pattern] of [
        [["list"], /^appid +status[^]*4 plugins of wx00000000000000a1, from the embedded emulator \(127\.0\.0\.1:\d+/],
        [["list", "--lang", "zh"], /wx00000000000000a1 有 4 个插件，来自内置模拟器/],
        [["--lang=zh", "list"], /内置模拟器/],
        [["token"], /credential: +the embedded emulator\n[^]*in 1 h 59 min/],
        [["doctor"], /✓ plugins: the plugins can be listed/],
        [["applications"], /0 applications/],
        [["wait", "wx00000000000000b2"], /is approved/],
        [["unbind", "wx00000000000000b2", "--yes"], /Removed/],
        [["update", "wx00000000000000b2", "1.1.0", "--yes"], /Updated wx00000000000000b2 to 1\.1\.0/]
      ] as const) {
        const { code, stderr, stdout } = yield* emulated(...args)
        assert.deepStrictEqual([code, stderr], [0, ""], args.join(" "))
        assert.match(stdout, pattern)
      }
      const refused = yield* emulated("agree", "wx-nobody", "--yes")
      assert.strictEqual(refused.code, 3)
    })
  )

  it.live("ignores the credentials in the environment", () =>
    Effect.gen(function* () {
      const env = { WECHAT_APPID: "wx-real", WECHAT_SECRET: "a-real-secret", WECHAT_BASE_URL: "http://127.0.0.1:9" }
      const { code, stdout } = yield* wechat(["list", "--emulator"], env, runtime)
      assert.strictEqual(code, 0)
      assert.include(stdout, "wx00000000000000a1")
    })
  )
})
