import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { createInterface } from "node:readline"
import { Answers } from "../src/program/schema/answers.js"
import { bin, folder, nobody, name, runtime, wechat, write } from "./support.js"

describe(`emulator under ${name}`, () => {
  /** the lines of its output, and a way to stop it */
  const emulator = (...args: ReadonlyArray<string>) =>
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() =>
          spawn(runtime, [bin, "emulator", "--port", "0", "--json", ...args], { env: { ...process.env, ...nobody } })
        ),
        (child) => Effect.sync(() => child.kill("SIGKILL"))
      ),
      (child) => {
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
        return {
          line: Effect.promise(async () => JSON.parse((await lines.next()).value as string) as unknown),
          end: Effect.promise(async () => {
            child.kill("SIGTERM")
            return (await once(child, "close"))[0] as number
          })
        }
      }
    )

  it.scopedLive("starts with a given world, and prints each request as JSON without secrets", () =>
    Effect.gen(function* () {
      const world = `${yield* folder}/world.json`
      write(world, {
        miniPrograms: [{ appid: "wx-mine" }],
        plugins: [{ appid: "wx-map", nickname: "地图" }],
        applications: [{ applicant: "wx-mine", plugin: "wx-map", status: 2 }]
      })
      const server = yield* emulator("--world", world)
      const { environment } = Schema.decodeUnknownSync(Answers.emulator)(yield* server.line)
      assert.strictEqual(environment["WECHAT_APPID"], "wx-mine")
      const list = yield* wechat(["list", "--json"], environment, runtime)
      assert.deepInclude(JSON.parse(list.stdout)[0], { appid: "wx-map", nickname: "地图" })
      const [token, call] = [yield* server.line, yield* server.line]
      assert.deepInclude(token, { endpoint: "token", path: "/cgi-bin/stable_token", seq: 1 })
      assert.deepInclude(call, { endpoint: "plugin", credential: { parameter: "access_token", value: "<redacted>" } })
      assert.notInclude(JSON.stringify([token, call]), environment["WECHAT_SECRET"]!)
      assert.strictEqual(yield* server.end, 143)
    })
  )

  it.scopedLive("says what is wrong with a port or a world", () =>
    Effect.gen(function* () {
      const taken = createServer().listen(0, "127.0.0.1")
      yield* Effect.promise(() => once(taken, "listening"))
      yield* Effect.addFinalizer(() => Effect.sync(() => taken.close()))
      const { port } = taken.address() as { port: number }
      const world = `${yield* folder}/world.json`
      write(world, { miniPrograms: [] })
      for (const [args, pattern] of [
        [["--port", String(port)], /cannot listen on port \d+.*Choose another port/],
        [["--port", "70000"], /0 to 65535/],
        [["--port", "0", "--world", world], /world\.json is not a world.*miniPrograms/],
        [["--port", "0", "--world", `${world}.absent`], /is not a world/]
      ] as const) {
        const { code, stderr, stdout } = yield* wechat(["emulator", ...args], {}, runtime)
        assert.deepStrictEqual([code, stdout], [2, ""])
        assert.match(stderr, pattern)
      }
    })
  )
})
