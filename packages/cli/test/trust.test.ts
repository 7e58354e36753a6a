import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync } from "node:fs"
import { run } from "@effect-wechat/test-support/process"
import { bin, folder, nobody, wechat, write } from "./support.js"

/** A config file whose command leaves a file behind. */
const config = (home: string) => ({
  profiles: { shop: { appid: "wx1", secret: { command: `touch ${home}/was-run; echo secret-secret` } } }
})

const hasRun = (home: string) => existsSync(`${home}/was-run`)

const list = (file: string) => wechat(["list", "--profile", "shop"], { WECHAT_PLUGIN_CONFIG: file })

describe("a config file", () => {
  /** writes a config file, and expects that its command does not run */
  const refused = (title: string, prepare: (home: string) => string, pattern: RegExp) =>
    it.scopedLive(title, () =>
      Effect.gen(function* () {
        const home = yield* folder
        const { code, stderr, stdout } = yield* list(prepare(home))
        assert.deepStrictEqual([code, stdout], [4, ""], stderr)
        assert.match(stderr, pattern)
        assert.isFalse(hasRun(home))
      })
    )

  for (const mode of [0o666, 0o620, 0o602]) {
    refused(
      `with mode ${mode.toString(8)} runs no command`,
      (home) => {
        write(`${home}/config.json`, config(home), mode)
        return `${home}/config.json`
      },
      /others can change .*config\.json → Run chmod go-w/
    )
  }

  for (const mode of [0o777, 0o770, 0o703]) {
    refused(
      `in a folder with mode ${mode.toString(8)} runs no command`,
      (home) => {
        mkdirSync(`${home}/open`)
        write(`${home}/open/config.json`, config(home))
        chmodSync(`${home}/open`, mode)
        return `${home}/open/config.json`
      },
      /others can change .*open → Run chmod go-w/
    )
  }

  refused(
    "that is a link out of a folder that others can change runs no command",
    (home) => {
      mkdirSync(`${home}/open`)
      write(`${home}/config.json`, config(home))
      symlinkSync(`${home}/config.json`, `${home}/open/config.json`)
      chmodSync(`${home}/open`, 0o777)
      return `${home}/open/config.json`
    },
    /others can change .*open/
  )

  refused(
    "that is a link into a folder that others can change runs no command",
    (home) => {
      mkdirSync(`${home}/open`)
      write(`${home}/open/config.json`, config(home))
      symlinkSync(`${home}/open/config.json`, `${home}/config.json`)
      chmodSync(`${home}/open`, 0o777)
      return `${home}/config.json`
    },
    /others can change .*open/
  )

  // only root may give files away
  if (process.getuid?.() === 0) {
    refused(
      "of another user runs no command",
      (home) => {
        write(`${home}/config.json`, config(home))
        chownSync(`${home}/config.json`, 12_345, 12_345)
        return `${home}/config.json`
      },
      /another user owns .*config\.json/
    )
    refused(
      "in a folder of another user runs no command",
      (home) => {
        mkdirSync(`${home}/theirs`)
        write(`${home}/theirs/config.json`, config(home))
        chownSync(`${home}/theirs`, 12_345, 12_345)
        return `${home}/theirs/config.json`
      },
      /another user owns .*theirs/
    )
  }

  it.scopedLive("of the user runs its command", () =>
    Effect.gen(function* () {
      const home = yield* folder
      write(`${home}/config.json`, config(home), 0o644)
      yield* wechat(["list", "--profile", "shop"], {
        WECHAT_PLUGIN_CONFIG: `${home}/config.json`,
        WECHAT_BASE_URL: "http://127.0.0.1:9"
      })
      assert.isTrue(hasRun(home))
    })
  )

  it.scopedLive("in the current folder is not read, without HOME or with relative folders", () =>
    Effect.gen(function* () {
      const home = yield* folder
      for (const at of [".config", "config", "home/.config"]) {
        mkdirSync(`${home}/${at}/wechat-plugin`, { recursive: true })
        write(`${home}/${at}/wechat-plugin/config.json`, config(home))
      }
      for (const env of [
        { HOME: "", XDG_CONFIG_HOME: "" },
        { HOME: "", XDG_CONFIG_HOME: "config" },
        { HOME: "home", XDG_CONFIG_HOME: "" },
        { HOME: "/nonexistent", XDG_CONFIG_HOME: "./config" }
      ]) {
        const { code, stderr } = yield* Effect.promise(() =>
          run("node", [bin, "list", "--profile", "shop"], { cwd: home, env: { ...nobody, ...env } })
        )
        assert.strictEqual(code, 2, stderr)
        assert.include(stderr, "there is no profile shop")
        assert.isFalse(hasRun(home))
      }
    })
  )

  it.scopedLive("that is nested deeply is invalid, and not an unexpected error", () =>
    Effect.gen(function* () {
      const file = `${yield* folder}/config.json`
      const nested = "[".repeat(100_000) + "]".repeat(100_000)
      for (const text of [nested, `{"profiles":${nested}}`, `{"profiles":{"shop":${nested}}}`, "[".repeat(100_000)]) {
        write(file, text)
        const { code, stderr } = yield* list(file)
        assert.strictEqual(code, 2, stderr)
        assert.match(stderr, /config\.json: (?:\S+ must be a JSON object|is not JSON)/)
      }
    })
  )
})
