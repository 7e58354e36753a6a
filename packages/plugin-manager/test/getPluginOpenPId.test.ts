import { PluginAuth, PluginManager, PluginManagerError, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Effect } from "effect"

const answering = (json: unknown) =>
  Effect.provide(Transport.layerTest({ "auth.getPluginOpenPId": () => Effect.succeed(json) }))

const openpidOf = PluginAuth.getPluginOpenPId({ code: "the-code" })

describe("getPluginOpenPId", () => {
  it("requires the port alone, and its type names the errors of its page", () => {
    expectTypeOf(openpidOf).toEqualTypeOf<
      Effect.Effect<string, PluginAuth.GetPluginOpenPIdError, Transport.Transport>
    >()
    expectTypeOf<
      "OpenPIdNotFound" | "PluginAppidMismatch" | "DailyQuotaExceeded" | "InvalidPayload" | "UnknownErrcode"
    >().toExtend<PluginAuth.GetPluginOpenPIdError["_tag"]>()
    expectTypeOf<Extract<PluginAuth.GetPluginOpenPIdError["_tag"], "PluginNotAdded">>().toBeNever()
  })

  it.effect("succeeds with the openpid, whatever else the reply holds", () =>
    Effect.gen(function* () {
      const openpid = "GACo74wkDIkDzEhkwRwgjGt1pqlk"
      for (const json of [
        { errcode: 0, errmsg: "ok", openpid },
        { errcode: "0", openpid },
        { openpid, more: 1 }
      ]) {
        assert.strictEqual(yield* openpidOf.pipe(answering(json)), openpid, JSON.stringify(json))
      }
    })
  )

  it.effect("a success without an openpid cannot be read, and names what is missing", () =>
    Effect.gen(function* () {
      for (const json of [
        { errcode: 0, errmsg: "ok" },
        { errcode: 0, openpid: "" },
        { errcode: 0, openpid: null },
        { errcode: 0, openpid: 7 },
        { errcode: 0, openId: "o" },
        {}
      ]) {
        const error = yield* Effect.flip(openpidOf.pipe(answering(json)))
        assert.instanceOf(error, PluginManagerError.WechatDecodeError)
        assert.match(error.issue, /^openpid: /, JSON.stringify(json))
      }
      for (const json of [{ errcode: null, openpid: "o" }, null, "ok", []]) {
        assert.strictEqual((yield* Effect.flip(openpidOf.pipe(answering(json))))._tag, "WechatDecodeError")
      }
    })
  )

  it.effect("every errcode of its page has its class, and none may be repeated with the same code", () =>
    Effect.gen(function* () {
      for (const [errcode, tag, category] of [
        [-1, "WechatSystemError", "network"],
        [1000, "OpenPIdSystemError", "network"],
        [1001, "OpenPIdRequestInvalid", "refused"],
        [1003, "OpenPIdTooFrequent", "quota"],
        [1005, "PluginAppidMismatch", "credential"],
        [1007, "OpenPIdNotFound", "refused"],
        [1022, "OpenPIdRequestMalformed", "network"],
        [45009, "DailyQuotaExceeded", "quota"],
        [61007, "ComponentNotAuthorized", "permission"],
        [89044, "UnknownErrcode", "refused"]
      ] as const) {
        let calls = 0
        const error = yield* openpidOf.pipe(
          PluginManager.retryTransient,
          Effect.provide(
            Transport.layerTest({
              "auth.getPluginOpenPId": () => Effect.sync(() => ({ errcode, errmsg: `m${calls++} rid: 6600ee0b-1` }))
            })
          ),
          Effect.flip
        )
        const shown: object = { ...error, category: error.category }
        const errmsg = "m0 rid: 6600ee0b-1"
        assert.deepInclude(shown, { _tag: tag, category, errcode, errmsg, requestId: "6600ee0b-1", isRetryable: false })
        assert.strictEqual(calls, 1)
      }
    })
  )

  it.effect("its errcodes mean nothing elsewhere", () =>
    Effect.gen(function* () {
      for (const errcode of [1000, 1001, 1003, 1005, 1007, 1022]) {
        const error = yield* PluginManager.getPluginList.pipe(
          Effect.provide(Transport.layerTest({ "pluginManager.getPluginList": () => Effect.succeed({ errcode }) })),
          Effect.flip
        )
        assert.strictEqual(error._tag, "UnknownErrcode")
      }
    })
  )

  it.effect("a code that cannot be one is not sent", () =>
    Effect.gen(function* () {
      for (const [issue, program] of [
        [/^code: .*non empty/, PluginAuth.getPluginOpenPId({ code: "" })],
        // @ts-expect-error no code
        [/^code: is missing/, PluginAuth.getPluginOpenPId({})],
        // @ts-expect-error a number
        [/^code: Expected string/, PluginAuth.getPluginOpenPId({ code: 7 })]
      ] as const) {
        const error = yield* Effect.flip(program)
        assert.instanceOf(error, PluginManagerError.InvalidPayload)
        assert.match(error.issue, issue)
        assert.strictEqual(error.api, "auth.getPluginOpenPId")
      }
    }).pipe(Effect.provide(Transport.layerTest({})))
  )
})
