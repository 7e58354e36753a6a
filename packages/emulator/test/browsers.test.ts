import { Emulator, World } from "@effect-wechat/emulator"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { errcode, overSocket, type RawReply, request } from "./support.js"

const provide = Effect.provide(
  Emulator.layer({
    world: World.make({
      miniPrograms: [{ appid: "wx1" }],
      plugins: [{ appid: "wx-plugin" }],
      applications: [{ applicant: "wx1", plugin: "wx-plugin", status: 2 }]
    })
  })
)

/** Posts a body with exactly these headers, which fetch does not permit. */
const post = (path: string, headers: Readonly<Record<string, string>>, body: string) =>
  overSocket(
    [
      `POST ${path} HTTP/1.1`,
      ...Object.entries({ connection: "close", "content-length": String(body.length), ...headers }).map(
        ([name, value]) => `${name}: ${value}`
      ),
      "",
      body
    ].join("\r\n")
  )

const status = ({ text }: RawReply): number => Number(text.split(" ")[1])

const json = { "content-type": "application/json" }

describe("a web page", () => {
  it.live("cannot reach the control API through DNS rebinding or with an Origin", () =>
    Effect.gen(function* () {
      const { plugins } = yield* Emulator.Emulator
      const foreign: ReadonlyArray<Readonly<Record<string, string>>> = [
        { host: "attacker.example" },
        { host: "attacker.example:80" },
        { host: "localhost.attacker.example" },
        { host: "127.0.0.1.attacker.example" },
        { host: "192.168.0.2" },
        { host: "api.weixin.qq.com" },
        { host: "localhost", origin: "http://localhost" },
        { host: "localhost", origin: "null" },
        // another port, another scheme's page, a page that only says that it is the emulator's, and one of the same site
        { host: "localhost:8788", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" },
        { host: "localhost:8788", origin: "http://localhost:3000", "sec-fetch-site": "same-site" },
        { host: "localhost:8788", origin: "http://localhost:8788" },
        { host: "localhost:8788", origin: "http://localhost:8788", "sec-fetch-site": "cross-site" },
        { host: "localhost:8788", origin: "http://127.0.0.1:8788", "sec-fetch-site": "cross-site" },
        { host: "attacker.example", origin: "http://attacker.example", "sec-fetch-site": "same-origin" }
      ]
      for (const headers of foreign) {
        const reply = yield* post("/__emulator/setPlugins", { ...json, ...headers }, "[]")
        assert.strictEqual(status(reply), 403, JSON.stringify(headers))
        assert.include(reply.text, `{"error":"`)
      }
      assert.strictEqual((yield* plugins).length, 1)
    }).pipe(provide)
  )

  it.live("cannot call the open-interface service", () =>
    Effect.gen(function* () {
      const { plugins } = yield* Emulator.Emulator
      const unbind = `{"action":"unbind","plugin_appid":"wx-plugin"}`
      const page: ReadonlyArray<Readonly<Record<string, string>>> = [
        { "content-type": "text/plain", origin: "https://attacker.example" },
        { "content-type": "text/plain", origin: "null" },
        { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site" },
        { ...json, origin: "http://localhost" }
      ]
      for (const headers of page) {
        const reply = yield* post("/open-interface/wxa/plugin", { host: "localhost", ...headers }, unbind)
        assert.strictEqual(status(reply), 403, JSON.stringify(headers))
      }
      assert.strictEqual((yield* plugins).length, 1)
    }).pipe(provide)
  )
})

/** Gets a path with exactly these headers. */
const get = (path: string, headers: Readonly<Record<string, string>>) =>
  overSocket(
    [
      `GET ${path} HTTP/1.1`,
      "connection: close",
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      "",
      ""
    ].join("\r\n")
  )

describe("the emulator's page", () => {
  const own = { host: "localhost:8788", origin: "http://localhost:8788", "sec-fetch-site": "same-origin" }

  it.live("may use the control API", () =>
    Effect.gen(function* () {
      assert.strictEqual(status(yield* post("/__emulator/world", { ...json, ...own }, "{}")), 200)
      // and nothing that needs no token
      const unbind = `{"action":"unbind","plugin_appid":"wx-plugin"}`
      assert.strictEqual(status(yield* post("/open-interface/wxa/plugin", { ...json, ...own }, unbind)), 403)
    }).pipe(provide)
  )

  it.live("is in the language of the browser, runs no script but its own, and is shown in no frame", () =>
    Effect.gen(function* () {
      const page = yield* get("/", { host: "localhost", "accept-language": "zh-CN,zh;q=0.9", "sec-fetch-site": "none" })
      assert.include(page.text, `<html lang="zh-CN">`)
      assert.include((yield* get("/", { host: "localhost", "accept-language": "fr" })).text, `<html lang="en">`)
      assert.match(
        page.text,
        /content-security-policy: default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/
      )
      assert.notMatch(page.text, /<script>|<style>| style=| onclick=/)
      for (const path of ["/__emulator/page.js", "/__emulator/page.css"]) {
        assert.strictEqual(status(yield* get(path, { host: "localhost", "sec-fetch-site": "same-origin" })), 200)
      }
    }).pipe(provide)
  )

  it.live("and its events are not for other pages, and not for other host names", () =>
    Effect.gen(function* () {
      for (const headers of [
        { host: "attacker.example", "sec-fetch-site": "same-origin" },
        { host: "localhost", "sec-fetch-site": "cross-site" },
        { host: "localhost", "sec-fetch-site": "same-site" },
        { host: "localhost", origin: "http://localhost:3000", "sec-fetch-site": "same-site" }
      ]) {
        assert.strictEqual(status(yield* get("/__emulator/events", headers)), 403, JSON.stringify(headers))
      }
      // by WeChat's name it is a path that WeChat does not have
      assert.include((yield* get("/", { host: "api.weixin.qq.com" })).text, `"errcode":40066`)
      const { journal } = yield* Emulator.Emulator
      assert.deepStrictEqual(
        (yield* journal).map(({ path }) => path),
        ["/"]
      )
    }).pipe(provide)
  )
})

describe("a program", () => {
  it.live("reaches the control API by every name of the loopback address", () =>
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      for (const host of [url.host, "localhost", "LOCALHOST:8788", "127.0.0.1:1", "[::1]", "[::1]:8788"]) {
        assert.strictEqual(status(yield* post("/__emulator/journal", { ...json, host }, "{}")), 200, host)
      }
    }).pipe(provide)
  )

  it.live("calls WeChat's API by WeChat's host name, with any content-type", () =>
    Effect.gen(function* () {
      const { issueToken } = yield* Emulator.Emulator
      const query = `access_token=${Redacted.value(yield* issueToken)}`
      const body = `{"action":"list"}`
      for (const path of [`/wxa/plugin?${query}`, "/open-interface/wxa/plugin"]) {
        for (const type of ["application/json", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"]) {
          const reply = yield* post(path, { host: "api.weixin.qq.com", "content-type": type }, body)
          assert.include(reply.text, `"errcode":0`, `${path} ${type}`)
        }
      }
      // fetch of Node sends sec-fetch-mode
      assert.strictEqual(errcode(yield* request("/open-interface/wxa/plugin", { body })), 0)
    }).pipe(provide)
  )
})
