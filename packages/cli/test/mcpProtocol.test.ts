import { Emulator } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { bin, environmentOf, nobody, name, runtime } from "./support.js"

interface Reply {
  readonly id: unknown
  readonly error?: { readonly code: number; readonly message: string }
  readonly result?: Record<string, unknown>
}

const initialize = {
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } }
}

const explain = { method: "tools/call", params: { name: "explain_errcode", arguments: { errcode: 40164 } } }

const request = (id: string | number, { method, params }: { method: string; params?: unknown }) =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params })

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth)

describe(`the protocol of an MCP server under ${name}`, () => {
  /** starts a session, sends lines, waits for so many replies, pings, and returns every reply before that of the ping */
  const send = (lines: ReadonlyArray<string>, count: number) =>
    Effect.flatMap(Emulator.Emulator, (emulator) =>
      Effect.async<ReadonlyArray<string>>((resume) => {
        const env = { PATH: process.env["PATH"]!, ...nobody, ...environmentOf(emulator) }
        const child = spawn(runtime, [bin, "mcp", "--allow-writes"], { env, stdio: ["pipe", "pipe", "ignore"] })
        const received: Array<string> = []
        const write = (line: string) => child.stdin.write(`${line}\n`)
        createInterface({ input: child.stdout }).on("line", (line) => {
          const message = JSON.parse(line) as Reply | { readonly method: string }
          if ("method" in message) {
            return
          }
          if (message.id === "ping") {
            child.stdin.end()
            return
          }
          received.push(line)
          if (received.length === count + 1) {
            write(request("ping", { method: "ping" }))
          }
        })
        child.on("close", () =>
          resume(Effect.succeed(received.filter((line) => (JSON.parse(line) as Reply).id !== "initialize")))
        )
        write(request("initialize", initialize))
        lines.forEach(write)
        return Effect.sync(() => child.kill("SIGKILL"))
      })
    )

  const replies = (lines: ReadonlyArray<string>, count: number) =>
    Effect.map(send(lines, count), (lines) => lines.map((line) => JSON.parse(line) as Reply))

  const test = (title: string, effect: Effect.Effect<void, unknown, Emulator.Emulator>) =>
    it.live(title, () => Effect.provide(effect, Emulator.layer()))

  test(
    "answers a line that is not a request with an error, and goes on",
    Effect.gen(function* () {
      for (const [line, id, code] of [
        ["not JSON", null, -32700],
        ['{"jsonrpc":"2.0","id":1,"method":"ping"', null, -32700],
        ["null", null, -32600],
        ["7", null, -32600],
        ["[]", null, -32600],
        ["{}", null, -32600],
        [nested(100_000), null, -32600],
        ['{"jsonrpc":"2.0","id":5,"method":7}', 5, -32600],
        ['{"jsonrpc":"2.0","id":{},"method":"ping"}', null, -32600],
        [request("x", { method: "no/such/method" }), "x", -32601],
        [request(7, { method: "@effect/rpc/Eof" }), 7, -32601]
      ] as const) {
        const [reply, ...others] = yield* replies([line], 1)
        assert.deepStrictEqual([reply?.id, reply?.error?.code, others], [id, code, []], line.slice(0, 60))
      }
    })
  )

  test(
    "answers invalid and deeply nested arguments with an error, and goes on",
    Effect.gen(function* () {
      const call = (errcode: string) =>
        `{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"explain_errcode","arguments":{"errcode":${errcode}}}}`
      for (const line of [request(9, { method: "tools/call", params: 7 }), call(nested(3000)), call(nested(100_000))]) {
        const found = yield* replies([line], 1)
        assert.lengthOf(found, 1)
        assert.isTrue(found[0]?.error !== undefined || found[0]?.result?.["isError"], JSON.stringify(found))
      }
    })
  )

  test(
    "says nothing to blank lines, notifications and unexpected replies",
    Effect.gen(function* () {
      const silent = yield* replies(
        [
          "",
          '{"jsonrpc":"2.0","method":"notifications/initialized"}',
          '{"jsonrpc":"2.0","method":"notifications/unknown"}',
          '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}',
          '{"jsonrpc":"2.0","method":"@effect/rpc/Eof"}',
          '{"jsonrpc":"2.0","id":3,"result":{}}'
        ],
        0
      )
      assert.deepStrictEqual(silent, [])
    })
  )

  test(
    "returns every id as it came",
    Effect.gen(function* () {
      const ids = ["a string", "7", 7, -1, 1e15]
      const found = yield* replies(
        ids.map((id) => request(id, explain)),
        ids.length
      )
      assert.sameMembers(
        found.map(({ id }) => id),
        ids
      )
      assert.isTrue(found.every(({ result }) => result?.["isError"] === false))
    })
  )

  test(
    "answers each message of a batch",
    Effect.gen(function* () {
      const found = yield* replies([`[${request("a", explain)},3,${request("b", { method: "ping" })}]`], 3)
      assert.sameMembers(
        found.map(({ error, id }) => [id, error?.code].join()),
        ["a,", ",-32600", "b,"]
      )
    })
  )

  test(
    "sends no character that a terminal obeys or that nobody sees",
    Effect.gen(function* () {
      const hostile = "\u001b[2J\u009b\u202e\u{e0041}\u2028hidden"
      const emulator = yield* Emulator.Emulator
      yield* emulator.setPlugins([{ appid: "wx1", status: 2, nickname: hostile, headimgurl: "http://h" }])
      const lines = yield* send(
        [
          request(1, { method: "tools/call", params: { name: "get_plugin_list", arguments: {} } }),
          request(2, { method: "tools/call", params: { name: `no${hostile}tool`, arguments: {} } })
        ],
        2
      )
      assert.notMatch(lines.join(""), /[\p{Cc}\u2028\u202e]|[\u{e0000}-\u{e0fff}]/u)
      const list = lines.map((line) => JSON.parse(line) as Reply).find(({ id }) => id === 1)
      // an assistant reads the text of the result, so it must not be hidden there either
      assert.notMatch(JSON.stringify(list), /202e|[\u{e0000}-\u{e0fff}]/u)
      assert.include(JSON.stringify(list), "hidden")
    })
  )
})
