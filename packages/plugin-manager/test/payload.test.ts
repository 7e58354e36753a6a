import { PluginManager, PluginManagerError, ThirdPartyPlatform, Transport } from "@effect-wechat/plugin-manager"
import { recordSpans } from "@effect-wechat/test-support/recordSpans"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Effect } from "effect"

const {
  applyPlugin,
  applyPluginUnlessAdded,
  getPluginDevApplyList,
  setDevPluginApplyStatus,
  unbindPlugin,
  updatePlugin
} = PluginManager

type Program = Effect.Effect<
  unknown,
  PluginManagerError.PluginManagerError,
  Transport.Transport | ThirdPartyPlatform.ThirdPartyPlatform
>

/** with what JavaScript, or JSON from elsewhere, may hand over */
const refused: ReadonlyArray<readonly [issue: RegExp, program: Program]> = [
  [/^pluginAppid: .*appid without blanks/, applyPlugin({ pluginAppid: "" })],
  [/^pluginAppid: .*appid without blanks/, applyPluginUnlessAdded({ pluginAppid: "" })],
  [/^pluginAppid: .*appid without blanks/, unbindPlugin({ pluginAppid: "" })],
  [/^pluginAppid: .*appid without blanks/, updatePlugin({ pluginAppid: "", userVersion: "1.0.0" })],
  [/^pluginAppid: .*appid without blanks/, unbindPlugin({ pluginAppid: " wx1" })],
  [/^pluginAppid: .*appid without blanks/, applyPlugin({ pluginAppid: "wx1\n" })],
  [/^userVersion: .*non empty/, updatePlugin({ pluginAppid: "wx1", userVersion: "" })],
  [/^page: .*integer/, getPluginDevApplyList({ page: 1.5, num: 10 })],
  [/^page: .*non-negative/, getPluginDevApplyList({ page: -1, num: 10 })],
  [/^num: .*positive/, getPluginDevApplyList({ page: 1, num: 0 })],
  [/^appid: .*appid without blanks/, setDevPluginApplyStatus({ action: "agree", appid: "" })],
  [/^reason: .*non empty/, setDevPluginApplyStatus({ action: "refuse", reason: "" })],
  [/^appid: .*appid without blanks/, setDevPluginApplyStatus({ action: "delete", appid: "" })],
  // @ts-expect-error an agreement to nobody, as other clients send it
  [/^appid: is missing/, setDevPluginApplyStatus({ action: "agree" })],
  // @ts-expect-error a refusal without a reason
  [/^reason: is missing/, setDevPluginApplyStatus({ action: "refuse", appid: "wx1" })],
  // @ts-expect-error WeChat's own word
  [/^action: /, setDevPluginApplyStatus({ action: "dev_agree", appid: "wx1" })],
  // @ts-expect-error a number as a string
  [/^page: Expected number/, getPluginDevApplyList({ page: "1", num: 10 })],
  // @ts-expect-error nothing
  [/^the payload: Expected /, applyPlugin(undefined)]
]

describe("a payload that is not as documented", () => {
  it.effect("is a typed error before anything is sent", () =>
    Effect.gen(function* () {
      for (const [issue, program] of refused) {
        const error = yield* Effect.flip(program)
        assert.instanceOf(error, PluginManagerError.InvalidPayload)
        assert.match(error.issue, issue)
        assert.match(error.api, /^pluginManager\.\w+$/)
        assert.isFalse(error.isRetryable)
        assert.isBelow(error.message.length, 600)
      }
    }).pipe(
      Effect.provide(Transport.layerTest({})),
      Effect.provideService(ThirdPartyPlatform.ThirdPartyPlatform, {}),
      recordSpans,
      // no span either: a span is a call
      Effect.flatMap(({ exit, spans }) => {
        assert.deepStrictEqual(spans, [])
        return exit
      })
    )
  )

  it.effect("shows no more than a line of it", () =>
    Effect.gen(function* () {
      // @ts-expect-error an object where a text should be
      const error = yield* Effect.flip(applyPlugin({ pluginAppid: { x: "y".repeat(9_999) } }))
      assert.strictEqual(error._tag, "InvalidPayload")
      assert.isBelow(error.message.length, 600)
      assert.notInclude(error.message, "\n")
    }).pipe(Effect.provide(Transport.layerTest({})))
  )

  it("is in the type of those operations alone that have one", () => {
    type Tag<E extends { readonly _tag: string }> = Extract<E["_tag"], "InvalidPayload">
    expectTypeOf<Tag<PluginManager.GetPluginListError>>().toBeNever()
    expectTypeOf<Tag<PluginManager.AwaitApprovalError>>().toBeNever()
    expectTypeOf<Tag<PluginManager.ApplyPluginError>>().toEqualTypeOf<"InvalidPayload">()
    expectTypeOf<Tag<PluginManager.UnbindPluginError>>().toEqualTypeOf<"InvalidPayload">()
    expectTypeOf<Tag<PluginManager.UpdatePluginError>>().toEqualTypeOf<"InvalidPayload">()
    expectTypeOf<Tag<PluginManager.GetPluginDevApplyListError>>().toEqualTypeOf<"InvalidPayload">()
    expectTypeOf<Tag<PluginManager.SetDevPluginApplyStatusError>>().toEqualTypeOf<"InvalidPayload">()
  })
})
