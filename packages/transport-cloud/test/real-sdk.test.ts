import { execFile } from "node:child_process"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { call, environment, keys } from "./support.js"

const require = createRequire(import.meta.url)

const fixture = fileURLToPath(new URL("fixtures/no-keys.ts", import.meta.url))

/** Runs the fixture in a process of its own, Node's or Bun's like this one. */
const run = (...args: ReadonlyArray<string>) =>
  Effect.async<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }>((resume) => {
    const { TENCENTCLOUD_SECRETID: _, TENCENTCLOUD_SECRETKEY: __, NODE_OPTIONS: ___, ...env } = process.env
    const loader = "bun" in process.versions ? [] : ["--import", require.resolve("tsx/esm")]
    execFile(process.execPath, [...loader, fixture, ...args], { env }, (error, stdout, stderr) =>
      resume(Effect.succeed({ code: error === null ? 0 : error.code, stdout, stderr }))
    )
  })

describe.each(["wx-server-sdk", "wx-server-sdk-3"])("the real %s", (name) => {
  it.effect(
    "without keys does not take the process with it",
    () =>
      Effect.gen(function* () {
        const { code, stderr, stdout } = yield* run(name)
        assert.deepStrictEqual({ code, stdout }, { code: 0, stdout: "credential" }, stderr)
      }),
    60_000
  )

  it.scoped("says that it is not initialised", () =>
    Effect.gen(function* () {
      yield* environment(keys)
      const error = yield* Effect.flip(call({ cloud: require(name) }))
      assert.strictEqual(error.reason, "credential")
      assert.match(error.description, /not initialised: call cloud\.init/)
    })
  )

  it.effect("makes an instance of its own, whose refused connection is one", () =>
    Effect.gen(function* () {
      const init = {
        env: "test-1",
        secretId: "AKIDexample",
        secretKey: Redacted.make("k3y"),
        serviceUrl: "http://127.0.0.1:9/admin"
      }
      for (const appid of [undefined, "wx0000000000000001"]) {
        const error = yield* Effect.flip(call({ cloud: () => import(name), init, appid }))
        assert.strictEqual(error.reason, "connection")
        assert.match(error.description, /ECONNREFUSED/)
      }
    })
  )
})

// what the check is for: should this fail one day, `credentials: "preset"` has lost its Gotcha
it.effect(
  "wx-server-sdk 4.0.2 without keys and without the check ends the process",
  () =>
    Effect.gen(function* () {
      // what it still prints before that depends on the runtime
      const { code, stderr } = yield* run("wx-server-sdk", "preset")
      assert.strictEqual(code, 1)
      assert.include(stderr, "missing secretId or secretKey")
    }),
  60_000
)
