import { PluginApplication, PluginManager, Transport } from "@effect-wechat/plugin-manager"
import { arbitrary } from "@effect-wechat/test-support/arbitrary"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, FastCheck, Schema } from "effect"

const decode = Schema.decodeUnknownSync(PluginApplication.PluginApplication)
const encode = Schema.encodeSync(PluginApplication.PluginApplication)
const equal = Schema.equivalence(PluginApplication.PluginApplication)

/** the sample of WeChat's page */
const sample = {
  appid: "xxxxxxxxxxxxx",
  status: 1,
  nickname: "名称",
  headimgurl: "**********",
  reason: "polo has gone",
  apply_url: "*******",
  create_time: "1536305096",
  categories: [{ first: "IT科技", second: "硬件与设备" }]
}

describe("PluginApplication", () => {
  it("decode(encode(x)) = x, also through JSON", () => {
    FastCheck.assert(
      FastCheck.property(arbitrary(PluginApplication.PluginApplication), (application) => {
        const back = decode(JSON.parse(JSON.stringify(encode(application))))
        assert.isTrue(equal(back, application), JSON.stringify(back))
      })
    )
  })

  it("reads WeChat's sample, and writes it as it was", () => {
    const application = decode(sample)
    assert.strictEqual(DateTime.formatIso(application.createTime), "2018-09-07T07:24:56.000Z")
    const { createTime: _, ...rest } = application
    assert.deepStrictEqual(rest, {
      appid: "xxxxxxxxxxxxx",
      status: "applying",
      nickname: "名称",
      headimgurl: "**********",
      reason: "polo has gone",
      applyUrl: "*******",
      categories: [{ first: "IT科技", second: "硬件与设备" }]
    })
    assert.deepStrictEqual(encode(application), sample)
  })

  it("takes null, or nothing, for a reason and for categories, and drops what it does not know", () => {
    const { categories: _, reason: __, ...rest } = sample
    for (const wire of [rest, { ...rest, reason: null, categories: null, brand_new: 1 }]) {
      const application = decode(wire)
      assert.notProperty(application, "reason")
      assert.notProperty(application, "brand_new")
      assert.deepStrictEqual(application.categories, [])
    }
  })

  it("accepts what other clients have seen: a time as a number, one category, absent texts", () => {
    const { headimgurl: _, nickname: __, ...bare } = sample
    const application = decode({ ...bare, create_time: 1536305096, categories: [{ first: "IT科技" }] })
    assert.deepStrictEqual(application.createTime, DateTime.unsafeMake(1536305096000))
    assert.deepStrictEqual(application.categories, [{ first: "IT科技" }])
    assert.deepInclude(application, { nickname: "", headimgurl: "" })
  })

  it("refuses a time that is not whole seconds, and a status that is not a number", () => {
    for (const create_time of ["", "2018-09-07", "-1", "1.5", "1e9", "9999999999999", 1.5, -1, null]) {
      assert.throws(() => decode({ ...sample, create_time }), /create_time/, String(create_time))
    }
    assert.throws(() => decode({ ...sample, status: "applying" }), /status/)
  })

  it("encodes whole seconds only, since it would lose the rest", () => {
    const application = decode(sample)
    for (const millis of [1, -1000, 1e15]) {
      assert.throws(() => encode({ ...application, createTime: DateTime.unsafeMake(millis) }), /whole seconds/)
    }
  })
})

describe("getPluginDevApplyList", () => {
  const list = (json: unknown) =>
    PluginManager.getPluginDevApplyList({ page: 1, num: 10 }).pipe(
      Effect.provide(Transport.layerTest({ "pluginManager.getPluginDevApplyList": () => Effect.succeed(json) }))
    )

  it.effect("reads a page of them", () =>
    Effect.gen(function* () {
      const applications = yield* list({ errcode: 0, errmsg: "ok", apply_list: [sample, { ...sample, status: 9 }] })
      assert.deepStrictEqual(
        applications.map(({ appid, status }) => [appid, status]),
        [
          ["xxxxxxxxxxxxx", "applying"],
          ["xxxxxxxxxxxxx", "unknown:9"]
        ]
      )
    })
  )

  it.effect("an absent list is empty only when nothing but an explicit envelope is there", () =>
    Effect.gen(function* () {
      for (const json of [{ errcode: 0, errmsg: "ok" }, { apply_list: null }, { errcode: 0, apply_list: [] }]) {
        assert.deepStrictEqual(yield* list(json), [])
      }
      for (const json of [{}, { errcode: 0, plugin_list: [] }, { errcode: 0, apply_list: [{ ...sample, appid: 1 }] }]) {
        assert.strictEqual((yield* Effect.flip(list(json)))._tag, "WechatDecodeError", JSON.stringify(json))
      }
    })
  )
})
