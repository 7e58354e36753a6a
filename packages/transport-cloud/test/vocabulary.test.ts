import { PluginManager } from "@effect-wechat/plugin-manager"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { assert, describe, it } from "@effect/vitest"
import { Effect, FastCheck } from "effect"
import { toBody, toCamel, toSnake } from "../src/internal/vocabulary.js"
import { answering, api, call, fake, list, ok } from "./support.js"

const preset = { credentials: "preset" } as const

const key = FastCheck.stringMatching(/^_?[a-z][a-z0-9]{0,5}(_{1,2}[a-z0-9]{1,5}){0,3}$/)

const json = FastCheck.letrec<{ tree: unknown }>((tie) => ({
  tree: FastCheck.oneof(
    { maxDepth: 4 },
    FastCheck.string(),
    FastCheck.integer(),
    FastCheck.constantFrom(null, true, false),
    FastCheck.array(tie("tree"), { maxLength: 4 }),
    FastCheck.dictionary(key, tie("tree"), { maxKeys: 4 })
  )
})).tree

describe("vocabulary", () => {
  it("toSnake turns toCamel back", () => {
    FastCheck.assert(FastCheck.property(json, (value) => assert.deepEqual(toSnake(toCamel(value)), value)))
  })

  it("is the SDK's, on keys alone, all the way down", () => {
    const snake = {
      plugin_list: [{ head_img: "a_b", _id: null, x: [[{ the_user_version: 1 }]], v_2: 0 }],
      headimgurl: "C"
    }
    const camel = { pluginList: [{ headImg: "a_b", Id: null, x: [[{ theUserVersion: 1 }]], v_2: 0 }], headimgurl: "C" }
    assert.deepStrictEqual(toCamel(snake), camel)
    assert.deepStrictEqual(toSnake(camel), snake)
  })

  it("leaves alone what is not JSON", () => {
    const buffer = Buffer.from("x")
    const date = new Date(0)
    const result = toSnake({ theBuffer: buffer, theDate: date }) as { the_buffer: Buffer; the_date: Date }
    assert.strictEqual(result.the_buffer, buffer)
    assert.strictEqual(result.the_date, date)
  })

  it("keeps a key like __proto__ a key", () => {
    const result = toSnake(JSON.parse('{"__proto__":{"a":1}}')) as object
    assert.deepStrictEqual(Object.keys(result), ["__proto__"])
    assert.strictEqual(Object.getPrototypeOf(result), Object.prototype)
  })

  it.each([
    [
      "a list",
      { pluginList: [{ appid: "wx1" }], ...ok },
      { errcode: 0, errmsg: "ok", plugin_list: [{ appid: "wx1" }] }
    ],
    ["nothing else", ok, { errcode: 0, errmsg: "ok" }],
    ["no errMsg", { pluginList: [], errCode: 0 }, { plugin_list: [] }],
    ["an errMsg without :ok", { errCode: 0, errMsg: "ok" }, {}],
    ["no errCode", { errMsg: ok.errMsg }, {}],
    ["an errCode of its own", { errCode: 5, errMsg: ok.errMsg }, {}],
    ["nothing", {}, {}],
    ["no object", "text", "text"],
    ["null", null, null],
    ["undefined", undefined, undefined],
    ["an array", [{ aB: 1 }], [{ a_b: 1 }]]
  ])("a success with %s", (_, result, expected) => {
    assert.deepStrictEqual(
      toBody(result, (text) => text),
      expected
    )
  })

  it.effect("the request goes out in camelCase, under WeChat's name", () =>
    Effect.gen(function* () {
      const sent: Array<unknown> = []
      const cloud = fake((request) => {
        sent.push(request)
        return Promise.resolve(ok)
      })
      const body = { action: "update", user_version: "1.0.0", deep_er: [{ in_side: 1 }] }
      const reply = yield* call({ cloud, ...preset }, { api: "pluginManager.x", path: "/wxa/devplugin", body })
      const data = { action: "update", userVersion: "1.0.0", deepEr: [{ inSide: 1 }] }
      assert.deepStrictEqual(sent, [{ api: "pluginManager.x", options: {}, data }])
      assert.deepStrictEqual(reply, { errcode: 0, errmsg: "ok", endpoint: "api", body: { errcode: 0, errmsg: "ok" } })
    })
  )

  it.effect("an appid goes to cloud.openapi", () =>
    Effect.gen(function* () {
      const sent: Array<unknown> = []
      const cloud = fake((request) => {
        sent.push(request)
        return Promise.resolve(ok)
      })
      yield* call({ cloud, ...preset, appid: "wx0000000000000001" })
      assert.deepStrictEqual(sent, [{ api, options: { appid: "wx0000000000000001" }, data: list.body }])
    })
  )
})

describe("getPluginList over it", () => {
  const plugins = (result: unknown) =>
    Effect.provide(PluginManager.getPluginList, CloudTransport.layer({ cloud: answering(result), ...preset }))

  it.effect("lists", () =>
    Effect.gen(function* () {
      const wire = { appid: "wx1", status: 2, nickname: "插件昵称", headimgurl: "http://plugin.qq.com" }
      assert.deepStrictEqual(yield* plugins({ pluginList: [wire], ...ok }), [
        { appid: "wx1", status: "approved", nickname: "插件昵称", headimgurl: "http://plugin.qq.com" }
      ])
      assert.deepStrictEqual(yield* plugins({ pluginList: null, ...ok }), [])
      assert.deepStrictEqual(yield* plugins(ok), [])
    })
  )

  it.effect.each([
    ["HTTP 200 with an empty body", { contentType: "", buffer: Buffer.alloc(0), ...ok }],
    ["another content-type", { contentType: "image/png", buffer: Buffer.from("x"), errCode: 0 }],
    ["text", { result: "hello", errCode: 0 }],
    ["text, ok", { result: "hello", ...ok }],
    ["no :ok", { errCode: 0 }],
    ["nothing", undefined]
  ])("a success that is none: %s", ([, result]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(plugins(result))
      assert.strictEqual(error._tag, "WechatDecodeError")
    })
  )
})
