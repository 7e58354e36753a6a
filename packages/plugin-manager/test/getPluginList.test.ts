import {
  Plugin,
  PluginManager,
  type PluginManagerError,
  PluginOperations,
  Transport
} from "@effect-wechat/plugin-manager"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Cause, Effect, Exit, FastCheck, Option, Schema } from "effect"
import { recordSpans } from "@effect-wechat/test-support/recordSpans"
import { arbitrary } from "@effect-wechat/test-support/arbitrary"

const answering = (json: unknown) =>
  Effect.provide(Transport.layerTest({ "pluginManager.getPluginList": () => Effect.succeed(json) }))

const list = (json: unknown) => answering(json)(PluginManager.getPluginList)
const failure = (json: unknown) => Effect.flip(list(json))

const sample = { appid: "aaaa", status: 1, nickname: "插件昵称", headimgurl: "http://plugin.qq.com" }

describe("getPluginList", () => {
  it("requires the port alone, and its type names every error", () => {
    expectTypeOf(PluginManager.getPluginList).toEqualTypeOf<
      Effect.Effect<ReadonlyArray<Plugin.Plugin>, PluginManager.GetPluginListError, Transport.Transport>
    >()
    expectTypeOf<PluginManager.GetPluginListError["_tag"]>().toExtend<PluginManagerError.PluginManagerError["_tag"]>()
    expectTypeOf<"PluginLimitReached" | "CredentialRejected" | "UnknownErrcode" | "WechatTransportError">().toExtend<
      PluginManager.GetPluginListError["_tag"]
    >()
  })

  it.effect("asks for the page's request", () =>
    Effect.gen(function* () {
      const calls: Array<Transport.Call> = []
      yield* PluginManager.getPluginList.pipe(
        Effect.provideService(Transport.Transport, {
          call: (call) => {
            calls.push(call)
            return Effect.succeed(Transport.reply({ errcode: 0, plugin_list: [] }))
          }
        })
      )
      assert.deepStrictEqual(calls, [
        { api: "pluginManager.getPluginList", path: "/wxa/plugin", body: { action: "list" } }
      ])
    })
  )

  it.effect("an absent list is empty only when nothing but an explicit envelope is there", () =>
    Effect.gen(function* () {
      for (const json of [
        { errcode: 0, errmsg: "ok", plugin_list: null },
        { plugin_list: null },
        { errcode: 0 },
        { errcode: "0", errmsg: "ok" },
        { plugin_list: [] }
      ]) {
        assert.deepStrictEqual(yield* list(json), [], JSON.stringify(json))
      }
      for (const json of [
        {},
        { errmsg: "ok" },
        { errcode: 0, errmsg: "ok", buffer: "" },
        { errcode: 0, contentType: "" },
        { errcode: 0, errmsg: "ok", result: "x" },
        { errcode: 0, errmsg: "ok", apply_list: [] },
        { errcode: 0, errmsg: "ok", plugin_list: {} },
        { errcode: null, errmsg: "ok" },
        [],
        null,
        "ok",
        7
      ]) {
        assert.strictEqual((yield* failure(json))._tag, "WechatDecodeError", JSON.stringify(json))
      }
    })
  )

  it.effect("reads an errcode that comes as a string, and refuses one that is no number", () =>
    Effect.gen(function* () {
      const error = yield* failure({ errcode: "61007", errmsg: "api is unauthorized to component" })
      assert.strictEqual(error._tag, "ComponentNotAuthorized")
      for (const errcode of ["x", 1.5, {}, true, "1e3"]) {
        const error = yield* failure({ errcode, plugin_list: [sample] })
        assert.strictEqual(error._tag, "WechatDecodeError")
        assert.match(error.message, /errcode: Expected 0/)
      }
    })
  )

  it.effect("finds the request id in every form that has been seen", () =>
    Effect.gen(function* () {
      for (const [errmsg, requestId] of [
        ["invalid credential rid: 61725984-6126f6f9-040f19c4", "61725984-6126f6f9-040f19c4"],
        ["system error, rid: 5f0-1-2", "5f0-1-2"],
        ["api unauthorized hint: [KNzbya0514vr31]", "KNzbya0514vr31"],
        ["api unauthorized hints: [ req_id: Gqb8a-1Ta3la ]", "Gqb8a-1Ta3la"],
        ["system error", undefined],
        // and looks at each part of a text once
        ["hint:[".repeat(15_000), undefined]
      ] as const) {
        const error = yield* failure({ errcode: -1, errmsg })
        assert.strictEqual(error._tag, "WechatSystemError")
        assert.deepInclude(error, { errmsg, errcode: -1 })
        assert.strictEqual("requestId" in error ? error.requestId : undefined, requestId)
      }
    })
  )

  it.effect("an errcode without a class, or one that the page does not list, keeps number and text", () =>
    Effect.gen(function* () {
      for (const errcode of [1, -80067, 80082, 89256]) {
        const error = yield* failure({ errcode, errmsg: "?" })
        assert.strictEqual(error._tag, "UnknownErrcode")
        assert.deepInclude(error, { errcode, errmsg: "?" })
      }
    })
  )

  it.effect("40001 where tokens are made means a wrong secret", () =>
    Effect.gen(function* () {
      const reply = Transport.reply({ errcode: 40001, errmsg: "invalid credential" }, "credential")
      const error = yield* Effect.flip(PluginManager.getPluginList).pipe(
        Effect.provideService(Transport.Transport, { call: () => Effect.succeed(reply) })
      )
      assert.strictEqual(error._tag, "InvalidAppSecret")
      assert.strictEqual((yield* failure({ errcode: 40001 }))._tag, "CredentialRejected")
    })
  )

  it.effect("a decode error names path, expectation and what came, in a short line", () =>
    Effect.gen(function* () {
      const error = yield* failure({
        errcode: 0,
        plugin_list: [sample, { ...sample, appid: "x".repeat(9_999) + "\n", status: "x" }]
      })
      assert.strictEqual(error._tag, "WechatDecodeError")
      assert.include(error.message, 'plugin_list.1.status: Expected number, actual "x"')
      const long = yield* failure({ errcode: 0, plugin_list: [{ ...sample, status: "y".repeat(9_999) }] })
      assert.isBelow(long.message.length, 600)
      assert.notInclude(long.message, "\n")
    })
  )

  it.effect("the quick way and the Schema agree on any JSON", () =>
    Effect.sync(() => {
      const { fastDecode, success } = PluginOperations.getPluginList
      const decode = Schema.decodeUnknownOption(success)
      const odd = FastCheck.oneof(FastCheck.jsonValue(), FastCheck.constantFrom(null, 0, 3, "", "0", Infinity, [], {}))
      const record = FastCheck.oneof(
        {
          weight: 12,
          arbitrary: FastCheck.record(
            {
              appid: FastCheck.string(),
              status: FastCheck.integer(),
              nickname: FastCheck.string(),
              headimgurl: FastCheck.string(),
              reason: FastCheck.string()
            },
            { requiredKeys: ["appid", "status", "nickname", "headimgurl"] }
          )
        },
        { weight: 2, arbitrary: arbitrary(Schema.encodedSchema(Plugin.Plugin)) },
        {
          weight: 1,
          arbitrary: FastCheck.record(
            { appid: odd, status: odd, nickname: odd, headimgurl: odd, reason: odd },
            { requiredKeys: [] }
          )
        },
        {
          weight: 2,
          arbitrary: FastCheck.tuple(
            FastCheck.constantFrom("appid", "status", "nickname", "headimgurl", "reason", "x"),
            odd
          ).map(([field, value]) => ({ ...sample, [field]: value }))
        }
      )
      const body = FastCheck.oneof(
        odd,
        FastCheck.record(
          {
            errcode: FastCheck.oneof({ weight: 8, arbitrary: FastCheck.constant(0) }, { weight: 1, arbitrary: odd }),
            errmsg: FastCheck.string(),
            plugin_list: FastCheck.oneof(
              { weight: 6, arbitrary: FastCheck.array(record, { maxLength: 3 }) },
              { weight: 1, arbitrary: odd }
            ),
            apply_list: FastCheck.constant([])
          },
          { requiredKeys: [] }
        )
      )
      let quick = 0
      FastCheck.assert(
        FastCheck.property(body, (json) => {
          const plugins = fastDecode?.(json)
          if (plugins !== undefined) {
            quick++
            assert.deepStrictEqual(Option.getOrUndefined(decode(json)), plugins)
          }
        }),
        { numRuns: 3_000 }
      )
      assert.isAbove(quick, 300, "the quick way was hardly tried")
      assert.isDefined(
        fastDecode?.({ errcode: 0, plugin_list: [sample, { ...sample, reason: "r", x: 1 }] }),
        "documented replies take it"
      )
    })
  )

  it.effect("its span carries name and errcode", () =>
    Effect.gen(function* () {
      const { spans } = yield* recordSpans(list({ errcode: 89236, errmsg: "this plugin can not apply" }))
      assert.deepStrictEqual(
        spans.map(({ attributes, kind, name }) => [name, kind, attributes.get("wechat.errcode")]),
        [["pluginManager.getPluginList", "client", 89236]]
      )
    })
  )

  it.effect("an operation that layerTest has no handler for is a defect that names it", () =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(Effect.provide(PluginManager.getPluginList, Transport.layerTest({})))
      assert.isTrue(Exit.isFailure(exit) && Cause.pretty(exit.cause).includes("pluginManager.getPluginList"))
    })
  )
})
