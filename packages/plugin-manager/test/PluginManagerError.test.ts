import { PluginManagerError } from "@effect-wechat/plugin-manager"
import { arbitrary } from "@effect-wechat/test-support/arbitrary"
import { assert, describe, it } from "@effect/vitest"
import { FastCheck, Schema } from "effect"
import { inspect } from "node:util"

const { PluginManagerError: AnyError, isPluginManagerError } = PluginManagerError
/** every class of the module, as it is exported */
const classes = Object.values(PluginManagerError).filter(
  (value) => typeof value === "function" && "_tag" in value && "ast" in value
) as unknown as ReadonlyArray<
  Schema.Schema<PluginManagerError.PluginManagerError> & { readonly codes?: ReadonlyArray<number> }
>

const decode = Schema.decodeUnknownSync(AnyError)

describe("PluginManagerError", () => {
  it("every error crosses a boundary as JSON and is the same class again", () => {
    FastCheck.assert(
      FastCheck.property(arbitrary(AnyError), (error) => {
        const back = decode(JSON.parse(JSON.stringify(Schema.encodeSync(AnyError)(error))))
        assert.strictEqual(back.constructor, error.constructor)
        assert.deepStrictEqual({ ...back }, { ...error })
        // what a handler without Schema sends is the same
        assert.deepStrictEqual(
          JSON.parse(JSON.stringify(error)),
          JSON.parse(JSON.stringify(Schema.encodeSync(AnyError)(error)))
        )
      })
    )
  })

  it("every error says in one line of both languages what to do", () => {
    for (const Class of classes) {
      const [error] = FastCheck.sample(arbitrary(Class), 1)
      assert.isTrue(isPluginManagerError(error))
      assert.match(error!.hint.zh, /^[^\n]*[\u4e00-\u9fff][^\n]*。$/)
      assert.match(error!.hint.en, /^[A-Z][^\n]+\.$/)
      assert.include(error!.message, error!.hint.en)
      assert.include(inspect(error), error!._tag)
      assert.strictEqual(String(error), `${error!._tag}: ${error!.message}`)
    }
  })

  it("no errcode has two classes, but for 40001", () => {
    const codes = classes.flatMap((Class) => Class.codes ?? [])
    assert.deepStrictEqual(
      codes.filter((code, at) => codes.indexOf(code) !== at),
      [40001]
    )
  })

  it("a class takes its own codes only", () => {
    const fields = { api: "a", endpoint: "api", errmsg: "", isRetryable: false } as const
    // @ts-expect-error 89237 is another class
    assert.throws(() => new PluginManagerError.PluginNotAdded({ ...fields, errcode: 89237 }))
    assert.strictEqual(new PluginManagerError.PluginNotAdded({ ...fields, errcode: 89244 }).errcode, 89244)
  })

  it("-604101 names the permission that config.json lacks", () => {
    const error = new PluginManagerError.CloudPermissionMissing({
      api: "pluginManager.getPluginList",
      endpoint: "gateway",
      errcode: -604101,
      errmsg: "system error: error code: -604101",
      isRetryable: false
    })
    assert.match(error.hint.en, /"pluginManager\.getPluginList".*permissions\.openapi.*config\.json/)
    assert.include(error.hint.zh, "pluginManager.getPluginList")
  })

  it("the guard refuses other errors and look-alikes", () => {
    for (const other of [new Error("x"), { _tag: "PluginNotAdded" }, null, undefined, "PluginNotAdded"]) {
      assert.isFalse(isPluginManagerError(other))
      assert.isFalse(PluginManagerError.isRetryable(other))
    }
  })
})
