import { Emulator, Fault } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { root, run, runtimes } from "@effect-wechat/test-support/process"

/** its folder has none, and vitest would take the one of this repository */
const config = `${root}tests/examples/vitest.config.ts`

for (const [runtime, command, args] of runtimes) {
  describe(`examples under ${runtime}`, () => {
    it("vitest: its tests pass", async () => {
      const node = runtime === "Bun" ? ["--bun"] : []
      const vitest = [...node, "node_modules/vitest/vitest.mjs", "run", "--root", "examples/vitest", "--config", config]
      const { code, stderr, stdout } = await run(command, vitest)
      assert.strictEqual(code, 0, stderr + stdout)
      assert.match(stdout, /Tests +3 passed/)
    })

    it.scopedLive("hono: a route lists plugins, and says what to do about an error", () =>
      Effect.gen(function* () {
        const { appId, appSecret, fault, url } = yield* Emulator.Emulator
        const env = {
          WECHAT_APPID: appId,
          WECHAT_SECRET: Redacted.value(appSecret),
          WECHAT_BASE_URL: url.href,
          PORT: "0"
        }
        const server = yield* Effect.acquireRelease(
          Effect.sync(() =>
            spawn(command, [...args, "examples/hono/main.ts"], {
              cwd: root,
              env: { ...process.env, ...env },
              stdio: ["ignore", "pipe", "inherit"]
            })
          ),
          (child) => Effect.sync(() => child.kill())
        )
        const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]()
        const { value } = yield* Effect.promise(() => lines.next())
        const plugins = Effect.promise(async () => {
          const response = await fetch(String(value))
          return [response.status, await response.json()] as const
        })
        const [status, body] = yield* plugins
        assert.strictEqual(status, 200)
        assert.deepInclude((body as { readonly plugins: ReadonlyArray<object> }).plugins[0], {
          appid: "aaaa",
          status: "applying"
        })
        yield* fault(Fault.errcode(45009, { times: 9 }))
        const [failed, { error, hint }] = (yield* plugins) as readonly [number, { error: string; hint: string }]
        assert.deepStrictEqual([failed, error], [502, "DailyQuotaExceeded"])
        assert.match(hint, /quota|calls/)
      }).pipe(Effect.provide(Emulator.layer()))
    )

    it("compose: its own emulator has one mini program that is well and two that are not", async () => {
      const { code, stderr, stdout } = await run(command, [...args, "examples/compose/emulated.ts"])
      assert.deepStrictEqual([code, stderr], [0, ""])
      assert.match(
        stdout,
        /^wx-fine: 1 plugins.*\nwx-barred: for its owner: .*\nwx-slow: no answer within 3 seconds\n$/
      )
    })
  })
}
