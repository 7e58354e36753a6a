import { Plugin, PluginStatus } from "@effect-wechat/plugin-manager"
import { arbitrary } from "@effect-wechat/test-support/arbitrary"
import { assert, describe, it } from "@effect/vitest"
import { FastCheck, Schema } from "effect"

const decode = Schema.decodeUnknownSync(Plugin.Plugin)
const encode = Schema.encodeSync(Plugin.Plugin)
const isPluginStatus = Schema.is(PluginStatus.PluginStatus)

describe("Plugin", () => {
  it("decode(encode(x)) = x, also through JSON", () => {
    FastCheck.assert(
      FastCheck.property(arbitrary(Plugin.Plugin), (plugin) => {
        assert.deepStrictEqual(decode(JSON.parse(JSON.stringify(encode(plugin)))), plugin)
      })
    )
  })

  it("encodes to WeChat's own JSON", () => {
    assert.deepStrictEqual(
      encode({ appid: "wx1", status: "refused", nickname: "昵称", headimgurl: "h", reason: "r" }),
      {
        appid: "wx1",
        status: 3,
        nickname: "昵称",
        headimgurl: "h",
        reason: "r"
      }
    )
  })

  it("drops unknown fields and a null reason", () => {
    assert.deepStrictEqual(
      decode({ appid: "wx1", status: 2, nickname: "n", headimgurl: "h", reason: null, brand_new: 1 }),
      { appid: "wx1", status: "approved", nickname: "n", headimgurl: "h" }
    )
  })

  it("accepts what would otherwise lose a whole list: null or absent texts, a status of digits", () => {
    const odd = [
      { appid: "wx1", status: "2" },
      { appid: "wx1", status: 2, nickname: null, headimgurl: null }
    ]
    for (const record of odd) {
      assert.deepStrictEqual(decode(record), { appid: "wx1", status: "approved", nickname: "", headimgurl: "" })
    }
  })

  it("refuses a record without an appid, and a status that is not a number", () => {
    assert.throws(() => decode({ status: 2, nickname: "n", headimgurl: "h" }), /appid/)
    for (const status of ["x", "", "2.0", " 2", null, true]) {
      assert.throws(() => decode({ appid: "wx1", status, nickname: "n", headimgurl: "h" }), /status/)
    }
  })
})

describe("PluginStatus", () => {
  it("keeps any finite number: encode(decode(n)) = n", () => {
    const status = PluginStatus.PluginStatus
    FastCheck.assert(
      FastCheck.property(
        FastCheck.oneof(
          FastCheck.integer({ min: -9, max: 9 }),
          FastCheck.double({ noNaN: true, noDefaultInfinity: true })
        ),
        (code) => {
          const name = Schema.decodeSync(status)(code)
          assert.isTrue(Schema.encodeSync(status)(name) === code, `${name} is ${code}`)
          assert.strictEqual(PluginStatus.toNumber(name), code === 0 ? 0 : code)
        }
      )
    )
  })

  it("has one name for each state", () => {
    for (const name of ["applying", "approved", "refused", "timeout", "unknown:0", "unknown:5", "unknown:-1"]) {
      assert.isTrue(isPluginStatus(name), name)
    }
    for (const name of ["unknown:2", "unknown:05", "unknown:1e1", "unknown:", "unknown:x", "Approved", ""]) {
      assert.isFalse(isPluginStatus(name), name)
    }
  })

  it("has WeChat's Chinese words and English ones", () => {
    const labels = [1, 2, 3, 4, 9].map((code) => PluginStatus.label(PluginStatus.fromNumber(code)))
    assert.deepStrictEqual(
      labels.map(({ zh }) => zh),
      ["申请中", "申请通过", "已拒绝", "已超时", "未知状态 9"]
    )
    assert.deepStrictEqual(
      labels.map(({ en }) => en),
      ["applying", "approved", "refused", "timed out", "unknown (9)"]
    )
  })
})
