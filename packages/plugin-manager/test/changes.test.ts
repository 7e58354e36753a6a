import { PluginManager, PluginManagerError, ThirdPartyPlatform, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Effect, Either, TestClock } from "effect"

const pluginAppid = "wx4418e3e031e551be"

/** the operations that change something, and whether a repetition may follow a reply that was lost */
const changes: ReadonlyArray<
  readonly [
    name: string,
    program: Effect.Effect<
      void,
      PluginManagerError.PluginManagerError,
      Transport.Transport | ThirdPartyPlatform.ThirdPartyPlatform
    >,
    idempotent: boolean
  ]
> = [
  ["applyPlugin", PluginManager.applyPlugin({ pluginAppid }), false],
  ["applyPlugin", PluginManager.applyPluginUnlessAdded({ pluginAppid }), true],
  ["unbindPlugin", PluginManager.unbindPlugin({ pluginAppid }), true],
  ["updatePlugin", PluginManager.updatePlugin({ pluginAppid, userVersion: "2.2.46" }), false],
  ["setDevPluginApplyStatus", PluginManager.setDevPluginApplyStatus({ action: "agree", appid: "wx1" }), false]
]

const answering = (name: string, answer: () => Effect.Effect<unknown, PluginManagerError.WechatTransportError>) =>
  Effect.provide(Transport.layerTest({ [`pluginManager.${name}`]: answer }))

const platform = Effect.provideService(ThirdPartyPlatform.ThirdPartyPlatform, {})

describe("an operation that changes something", () => {
  it.effect("succeeds with nothing, by WeChat's own errcode alone, whatever else the reply holds", () =>
    Effect.gen(function* () {
      for (const [name, program] of changes) {
        for (const json of [{ errcode: 0, errmsg: "ok" }, { errcode: "0" }, { errcode: 0, apply_list: [], rid: "x" }]) {
          assert.isUndefined(
            yield* program.pipe(
              platform,
              answering(name, () => Effect.succeed(json))
            )
          )
        }
        for (const json of [{}, { errmsg: "ok" }, null, "ok", [], { errcode: null }]) {
          const error = yield* program.pipe(
            platform,
            answering(name, () => Effect.succeed(json)),
            Effect.flip
          )
          assert.deepInclude({ ...error }, { _tag: "WechatDecodeError", isRetryable: false }, JSON.stringify(json))
        }
      }
    })
  )

  it.effect("is repeated only where a second call does no more than the first", () =>
    Effect.gen(function* () {
      for (const [name, program, idempotent] of changes) {
        for (const lost of [
          Effect.succeed({ errcode: -1, errmsg: "system error" }),
          new PluginManagerError.WechatTransportError({
            api: "x",
            reason: "timeout",
            description: "d",
            isRetryable: true
          })
        ]) {
          let calls = 0
          const fiber = yield* PluginManager.retryTransient(program).pipe(
            platform,
            answering(name, () => Effect.suspend(() => (calls++ === 0 ? lost : Effect.succeed({ errcode: 0 })))),
            Effect.either,
            Effect.fork
          )
          yield* TestClock.adjust("1 minute")
          const result = yield* fiber
          assert.deepStrictEqual([Either.isRight(result), calls], [idempotent, idempotent ? 2 : 1], name)
          assert.isFalse(Either.isLeft(result) && result.left.isRetryable)
        }
      }
    })
  )
})

describe("applyPluginUnlessAdded", () => {
  it.effect("takes 89237 for a success, and no other errcode", () =>
    Effect.gen(function* () {
      const apply = PluginManager.applyPluginUnlessAdded({ pluginAppid })
      const added = { errcode: 89237, errmsg: "plugin has send apply message or already bind" }
      assert.isUndefined(yield* apply.pipe(answering("applyPlugin", () => Effect.succeed(added))))
      for (const errcode of [89236, 89238, 89239, 89245]) {
        const error: object = yield* apply.pipe(
          answering("applyPlugin", () => Effect.succeed({ errcode })),
          Effect.flip
        )
        assert.deepInclude({ ...error }, { errcode })
      }
    })
  )

  it("says in its type that the plugin cannot be added already", () => {
    type Tags = Effect.Effect.Error<ReturnType<typeof PluginManager.applyPluginUnlessAdded>>["_tag"]
    expectTypeOf<Extract<Tags, "PluginAlreadyAdded">>().toBeNever()
    expectTypeOf<"PluginDoesNotExist" | "InvalidPayload">().toExtend<Tags>()
  })
})

describe("updatePlugin", () => {
  it("requires a third-party platform, and no other operation does", () => {
    type Requires<F extends (...args: never) => Effect.Effect<unknown, unknown, unknown>> = Effect.Effect.Context<
      ReturnType<F>
    >
    expectTypeOf<Requires<typeof PluginManager.updatePlugin>>().toEqualTypeOf<
      Transport.Transport | ThirdPartyPlatform.ThirdPartyPlatform
    >()
    expectTypeOf<Requires<typeof PluginManager.applyPlugin>>().toEqualTypeOf<Transport.Transport>()
    expectTypeOf<Requires<typeof PluginManager.unbindPlugin>>().toEqualTypeOf<Transport.Transport>()
    expectTypeOf<Requires<typeof PluginManager.getPluginDevApplyList>>().toEqualTypeOf<Transport.Transport>()
    expectTypeOf<Requires<typeof PluginManager.setDevPluginApplyStatus>>().toEqualTypeOf<Transport.Transport>()
  })
})
