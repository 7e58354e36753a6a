import { Emulator, Journal, type World } from "@effect-wechat/emulator"
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { callWith, errcode, httpsSample, json, list, request } from "./support.js"

describe("POST /wxa/plugin", () => {
  it.effect("replies with exactly the sample of WeChat's page", () =>
    Effect.gen(function* () {
      const { plugins, setPlugins } = yield* Emulator.Emulator
      yield* setPlugins((yield* plugins).slice(0, 1))
      const reply = yield* list
      assert.strictEqual(reply.status, 200)
      assert.strictEqual(reply.headers.get("content-type"), "application/json; encoding=utf-8")
      assert.strictEqual(reply.text, JSON.stringify(httpsSample))
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("lists the sample plugin first, and a plugin of every status", () =>
    Effect.gen(function* () {
      const { plugins } = yield* Emulator.Emulator
      const { plugin_list } = json(yield* list) as { plugin_list: ReadonlyArray<World.PluginListItem> }
      assert.deepStrictEqual(plugin_list, yield* plugins)
      assert.deepStrictEqual(plugin_list[0], (httpsSample as { plugin_list: Array<never> }).plugin_list[0])
      assert.deepStrictEqual(new Set(plugin_list.map(({ status }) => status)), new Set([1, 2, 3, 4]))
      assert.isTrue(plugin_list.some(({ reason }) => reason !== undefined))
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("lists no plugins as an empty list, and an unknown status unchanged", () =>
    Effect.gen(function* () {
      const { plugins, setPlugins } = yield* Emulator.Emulator
      yield* setPlugins([])
      assert.strictEqual((yield* list).text, `{"errcode":0,"errmsg":"ok","plugin_list":[]}`)
      const odd = { appid: "a", status: 7, nickname: "é", headimgurl: "" }
      yield* setPlugins([odd])
      assert.deepStrictEqual(yield* plugins, [odd])
      assert.deepStrictEqual(json(yield* list), { errcode: 0, errmsg: "ok", plugin_list: [odd] })
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("checks method, credential, body and action in this order", () =>
    Effect.gen(function* () {
      const { cloudbaseToken, issueToken } = yield* Emulator.Emulator
      const token = Redacted.value(yield* issueToken)
      const cloudbase = Redacted.value(yield* cloudbaseToken)
      assert.strictEqual(errcode(yield* request("/wxa/plugin", { method: "GET" })), 43002)
      assert.strictEqual(errcode(yield* request("/wxa/plugin")), 41001)
      assert.strictEqual(errcode(yield* callWith("access_token=")), 41001)
      assert.strictEqual(errcode(yield* callWith("access_token=nonsense", "")), 40001)
      assert.strictEqual(errcode(yield* callWith(`access_token=${cloudbase}`)), 40001)
      assert.strictEqual(errcode(yield* callWith(`cloudbase_access_token=${token}`)), 40001)
      assert.strictEqual(errcode(yield* callWith(`access_token=${token}`, "")), 44002)
      assert.strictEqual(errcode(yield* callWith(`access_token=${token}`, "{")), 47001)
      assert.strictEqual(errcode(yield* callWith(`access_token=${token}`, "[]")), 47001)
      assert.strictEqual(errcode(yield* callWith(`access_token=${token}`, `{"action":"lists"}`)), 40066)
      assert.strictEqual(errcode(yield* callWith(`cloudbase_access_token=${cloudbase}`)), 0)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.live("replies 47001 to deeply nested JSON, and goes on recording requests", () => {
    const lines: Array<string> = []
    const onRequest = (entry: Journal.Entry) => Effect.sync(() => void lines.push(Journal.format(entry)))
    return Effect.gen(function* () {
      const { issueToken, journal, url } = yield* Emulator.Emulator
      const remote = Layer.provide(EmulatorClient.layer({ url }), FetchHttpClient.layer)
      const query = `access_token=${Redacted.value(yield* issueToken)}`
      const nested = (depth: number) => `{"action":"list","x":${"[".repeat(depth)}"]\\"]"${"]".repeat(depth)}}`
      const paths = [
        `/wxa/plugin?${query}`,
        "/open-interface/wxa/plugin",
        "/cgi-bin/stable_token",
        `/cgi-bin/clear_quota?${query}`
      ]
      for (const depth of [20_000, 100_000]) {
        for (const path of paths) {
          assert.strictEqual(errcode(yield* request(path, { body: nested(depth) })), 47001, `${path} ${depth}`)
        }
        const headers = { "content-type": "application/json" }
        assert.strictEqual((yield* request("/__emulator/seed", { headers, body: nested(depth) })).status, 400)
      }
      assert.strictEqual(errcode(yield* callWith(query, nested(500))), 0)
      // brackets inside of a string do not count
      assert.strictEqual(errcode(yield* callWith(query, `{"action":"list","x":"\\"${"[".repeat(5000)}"}`)), 0)
      assert.strictEqual((yield* journal).length, 10)
      assert.strictEqual(lines.length, 10)
      const entries = yield* Effect.flatMap(Emulator.Emulator, ({ journal }) => journal).pipe(Effect.provide(remote))
      assert.deepStrictEqual(
        entries.map(({ reply }) => reply.errcode),
        [...Array.from({ length: 8 }, () => 47001), 0, 0]
      )
    }).pipe(Effect.provide(Emulator.layer({ onRequest })))
  })

  it.effect("replies 40066 and a request id at an unknown path", () =>
    Effect.gen(function* () {
      const first = yield* request("/cgi-bin/wxa/plugin")
      assert.match(first.text, /"errmsg":"invalid url rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}"/)
      assert.strictEqual(errcode(first), 40066)
      assert.notStrictEqual((yield* request("/cgi-bin/wxa/plugin")).text, first.text)
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("accepts a body of 1 MiB and refuses a longer one", () =>
    Effect.gen(function* () {
      const { journal } = yield* Emulator.Emulator
      const bodyOf = (size: number) => `{"action":"list","x":"${"x".repeat(size - 24)}"}`
      const { issueToken } = yield* Emulator.Emulator
      const query = `access_token=${Redacted.value(yield* issueToken)}`
      assert.strictEqual(errcode(yield* callWith(query, bodyOf(1024 * 1024))), 0)
      assert.strictEqual((yield* callWith(query, bodyOf(1024 * 1024 + 1))).status, 413)
      assert.deepStrictEqual(
        (yield* journal).map(({ reply }) => reply.status),
        [200, 413]
      )
    }).pipe(Effect.provide(Emulator.layer()))
  )
})
