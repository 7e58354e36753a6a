import { Transport } from "@effect-wechat/plugin-manager/Transport"
import { CloudTransport } from "@effect-wechat/transport-cloud"
import { assert, describe, it } from "@effect/vitest"
import { Config, ConfigProvider, Effect, Either, Layer, Redacted } from "effect"
import {
  answering,
  call,
  type Environment,
  environment,
  fake,
  keys,
  list,
  ok,
  setEnvironment,
  throwing
} from "./support.js"

const untouched = fake(() => {
  throw new Error("the SDK was called")
})

const own = { secretId: "AKIDown", secretKey: Redacted.make("k3y-of-my-own") }

/** An SDK that makes instances, and what it was asked for. */
const instances = () => {
  const configs: Array<unknown> = []
  const cloud = {
    openapi: untouched.openapi,
    createNewInstance: (config: object) => {
      configs.push(config)
      return answering(ok)
    }
  }
  return { cloud, configs }
}

describe("credentials", () => {
  it.scoped.each<readonly [string, Environment]>([
    ["none", {}],
    ["an id alone", { TENCENTCLOUD_SECRETID: "AKID" }],
    ["a key alone", { TENCENTCLOUD_SECRETKEY: "key" }],
    ["an empty key", { TENCENTCLOUD_SECRETID: "AKID", TENCENTCLOUD_SECRETKEY: "" }]
  ])("%s in the environment: the SDK is neither loaded nor called", ([, variables]) =>
    Effect.gen(function* () {
      yield* environment(variables)
      const cloud = () => assert.fail("loaded")
      for (const init of [
        undefined,
        { env: "e" },
        { ...own, secretKey: Redacted.make("") },
        { ...own, secretId: "" }
      ]) {
        const error = yield* Effect.flip(call({ cloud, init }))
        assert.strictEqual(error.reason, "credential")
        assert.isFalse(error.isRetryable)
        assert.match(
          error.description,
          /TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY.*`init`.*credentials: "preset"/
        )
      }
    })
  )

  it.scoped("are looked for in the environment at each call", () =>
    Effect.gen(function* () {
      yield* environment({})
      const transport = yield* Transport
      const once = Effect.map(Effect.either(transport.call(list)), Either.isRight)
      assert.isFalse(yield* once)
      setEnvironment(keys)
      assert.isTrue(yield* once)
      setEnvironment({})
      assert.isFalse(yield* once)
    }).pipe(Effect.provide(CloudTransport.layer({ cloud: answering(ok) })))
  )

  it.scoped("preset: none are looked for", () =>
    Effect.gen(function* () {
      yield* environment({})
      assert.strictEqual((yield* call({ cloud: answering(ok), credentials: "preset" })).errcode, 0)
    })
  )

  it.scoped("of its own go to its own instance, made once", () =>
    Effect.gen(function* () {
      yield* environment({})
      const { cloud, configs } = instances()
      const current = Symbol.for("SYMBOL_CURRENT_ENV")
      const init = {
        ...own,
        env: current,
        sessionToken: Redacted.make("t0ken"),
        timeout: "1.5 seconds",
        serviceUrl: "http://127.0.0.1:1/admin"
      } as const
      yield* Effect.gen(function* () {
        const transport = yield* Transport
        assert.deepStrictEqual(configs, [])
        yield* transport.call(list)
        yield* transport.call(list)
      }).pipe(Effect.provide(CloudTransport.layer({ cloud, init })))
      assert.deepStrictEqual(configs, [
        {
          env: current,
          secretId: "AKIDown",
          secretKey: "k3y-of-my-own",
          sessionToken: "t0ken",
          serviceUrl: "http://127.0.0.1:1/admin",
          timeout: 1500
        }
      ])
    })
  )

  it.scoped("of the environment are left to the SDK, which waits as long as we do", () =>
    Effect.gen(function* () {
      yield* environment(keys)
      const { cloud, configs } = instances()
      yield* call({ cloud, init: {} })
      yield* call({ cloud, init: { env: "e" }, timeout: "700 millis" })
      yield* call({ cloud, init: { timeout: Infinity } })
      // an `undefined` secretId would be half a pair to the SDK
      assert.deepStrictEqual(configs, [{ timeout: 2500 }, { env: "e", timeout: 700 }, {}])
    })
  )

  it.effect("where a version has no createNewInstance, the SDK itself is initialised", () =>
    Effect.gen(function* () {
      const configs: Array<unknown> = []
      const cloud = { ...answering(ok), init: (config: object) => void configs.push(config) }
      yield* call({ cloud, init: { ...own, timeout: "1 second" } })
      assert.deepStrictEqual(configs, [{ secretId: "AKIDown", secretKey: "k3y-of-my-own", timeout: 1000 }])
    })
  )

  it.effect("without `init` nothing is initialised", () =>
    Effect.gen(function* () {
      const { configs } = instances()
      const cloud = { ...answering(ok), createNewInstance: () => assert.fail(), init: () => assert.fail() }
      yield* call({ cloud, credentials: "preset" })
      assert.deepStrictEqual(configs, [])
    })
  )

  it.effect("that the SDK refuses are a credential error", () =>
    Effect.gen(function* () {
      const cloud = {
        ...throwing("unused"),
        createNewInstance: () => {
          throw Object.assign(new Error("secretId and secretKey must be a pair"), { code: "INVALID_PARAM" })
        }
      }
      const error = yield* Effect.flip(call({ cloud, init: own }))
      assert.strictEqual(error.reason, "credential")
      assert.match(error.description, /must be a pair/)
    })
  )

  it.effect("come from Config with layerConfig", () =>
    Effect.gen(function* () {
      const { cloud, configs } = instances()
      const WeChat = CloudTransport.layerConfig({
        cloud: () => cloud,
        appid: Config.string("APPID").pipe(Config.withDefault(undefined)),
        init: { env: Config.string("ENV"), secretId: Config.string("ID"), secretKey: Config.redacted("KEY") },
        timeout: Config.duration("TIMEOUT")
      })
      const provider = (...entries: ReadonlyArray<readonly [string, string]>) =>
        Layer.setConfigProvider(ConfigProvider.fromMap(new Map(entries)))
      const once = Effect.flatMap(Transport, (transport) => transport.call(list)).pipe(Effect.provide(WeChat))

      const error = yield* Effect.flip(Effect.provide(once, provider(["ENV", "e"], ["ID", "AKIDown"])))
      assert.notStrictEqual(error._tag, "WechatTransportError")
      yield* Effect.provide(once, provider(["ENV", "e"], ["ID", "AKIDown"], ["KEY", "k"], ["TIMEOUT", "2 seconds"]))
      assert.deepStrictEqual(configs, [{ env: "e", secretId: "AKIDown", secretKey: "k", timeout: 2000 }])
    })
  )
})
