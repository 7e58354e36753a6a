import { Emulator } from "@effect-wechat/emulator"
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { root, run } from "@effect-wechat/test-support/process"

const command = ["--import", "tsx", "packages/emulator/src/bin.ts"]

describe("effect-wechat-emulator", () => {
  it.live("says where it is, logs requests without tokens, and ends cleanly at Ctrl-C", () =>
    Effect.gen(function* () {
      const child = spawn("node", [...command, "--port", "0"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
      const ended = new Promise<number | null>((resolve) => child.on("close", resolve))
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      /** the next line that matches */
      const line = (pattern: RegExp) =>
        Effect.promise(async () => {
          for (;;) {
            const { done, value } = await lines.next()
            const match = done ? undefined : pattern.exec(value)
            assert.isFalse(done, `the command ended before ${pattern}`)
            if (match) {
              return match
            }
          }
        })
      const [, url] = yield* line(/^HTTPS API +(\S+)/)
      const [, appId, secret] = yield* line(/WECHAT_APPID=(\S+) WECHAT_SECRET=(\S+)/)
      const plugins = yield* PluginManager.getPluginList.pipe(
        Effect.provide(
          HttpsTransport.layerFetch({ appId: appId!, appSecret: Redacted.make(secret!), baseUrl: new URL(url!) })
        )
      )
      assert.lengthOf(plugins, 4)
      const [token] = yield* line(/stable_token.*200.*/)
      const [list] = yield* line(/\/wxa\/plugin.*200.*/)
      assert.notInclude(token + list, secret!)
      assert.notMatch(list, /access_token=[^&\s]*\w{12}/)
      const client = EmulatorClient.layer({ url: new URL(url!) }).pipe(Layer.provide(FetchHttpClient.layer))
      yield* Effect.gen(function* () {
        const wechat = yield* Emulator.Emulator
        yield* wechat.advance("3 days")
        const [first] = yield* wechat.plugins
        assert.strictEqual(first?.status, 4, "what waited three days has timed out")
      }).pipe(Effect.provide(client))
      child.kill("SIGINT")
      assert.strictEqual(yield* Effect.promise(() => ended), 0)
    })
  )

  it.live("says in one text what it takes, and ends with 1 when it is given something else", () =>
    Effect.gen(function* () {
      const help = yield* Effect.promise(() => run("node", [...command, "--help"]))
      assert.deepStrictEqual([help.code, help.stderr], [0, ""])
      assert.include(help.stdout, "--port")
      for (const args of [
        ["--port", "x"],
        ["--prot", "1"],
        ["--port", "70000"]
      ]) {
        const { code, stderr, stdout } = yield* Effect.promise(() => run("node", [...command, ...args]))
        assert.deepStrictEqual([code, stdout], [1, ""])
        assert.include(stderr, "--port <number>")
      }
    })
  )
})
