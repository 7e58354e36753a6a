import type { InvalidOptions } from "@effect-wechat/plugin-manager"
import { Emulator, Fault } from "@effect-wechat/emulator"
import type { Transport } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { ConfigProvider, Deferred, Effect, Fiber, Layer, Redacted, TestClock } from "effect"
import type { ConfigError } from "effect"
import * as Config from "effect/Config"
import { recordSpans } from "@effect-wechat/test-support/recordSpans"
import { https, inWorld, list } from "./support.js"

describe("HttpsTransport", () => {
  it("a redacted secret is asked for by type, and the quick start needs nothing else", () => {
    expectTypeOf(HttpsTransport.layerFetch).returns.toEqualTypeOf<
      Layer.Layer<Transport.Transport, InvalidOptions.InvalidOptions>
    >()
    expectTypeOf(HttpsTransport.layerFetchConfig).returns.toEqualTypeOf<
      Layer.Layer<Transport.Transport, InvalidOptions.InvalidOptions | ConfigError.ConfigError>
    >()
    // @ts-expect-error a plain string is no secret
    HttpsTransport.layerFetch({ appId: "wx1", appSecret: "secret" })
  })

  it.effect("follows no redirect, neither with a token nor with the secret", () =>
    Effect.gen(function* () {
      const elsewhere = yield* Effect.provide(Emulator.Emulator, yield* Layer.build(Emulator.layer()))
      const emulator = yield* Emulator.Emulator
      for (const [on, status] of [
        ["token", 307],
        ["plugin", 302],
        ["plugin", 308]
      ] as const) {
        const location = new URL(on === "token" ? "/cgi-bin/stable_token" : "/wxa/plugin", elsewhere.url).href
        yield* emulator.fault(Fault.raw({ status, headers: { location }, on }))
        const error = yield* Effect.flip(list).pipe(
          // a RequestInit of the caller's own must not undo it
          Effect.provideService(FetchHttpClient.RequestInit, { keepalive: false })
        )
        assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "redirect", isRetryable: false })
      }
      assert.deepStrictEqual(yield* elsewhere.journal, [])
    }).pipe(Effect.scoped, inWorld())
  )

  it.effect("keeps the RequestInit of the layer and of the call, but for redirect", () => {
    const seen: Array<RequestInit | undefined> = []
    const spy: typeof fetch = (input, init) => {
      seen.push(init)
      return fetch(input, init)
    }
    return Effect.gen(function* () {
      yield* list
      yield* Effect.provideService(list, FetchHttpClient.RequestInit, { redirect: "follow", keepalive: false })
      assert.lengthOf(seen, 3)
      for (const init of seen) {
        assert.strictEqual(init?.redirect, "manual")
        assert.strictEqual(new Headers(init?.headers).get("x-tenant"), "7")
      }
      assert.isFalse(seen[2]?.keepalive)
    }).pipe(
      Effect.provide(
        Layer.provideMerge(https(), Emulator.layer()).pipe(
          Layer.provide(
            Layer.succeed(FetchHttpClient.RequestInit, { redirect: "follow", headers: { "x-tenant": "7" } })
          )
        )
      ),
      Effect.provideService(FetchHttpClient.Fetch, spy)
    )
  })

  it.effect("goes over the fetch that its layer is given, and takes its opaque redirect for one", () => {
    const seen: Array<string> = []
    const ours: typeof fetch = (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      seen.push(pathname)
      // the status of the redirect that a browser hides is 0, as is that of this one
      return pathname === "/wxa/plugin" ? Promise.resolve(Response.error()) : fetch(input, init)
    }
    return Effect.gen(function* () {
      const error = yield* Effect.flip(list)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "redirect", isRetryable: false })
      assert.deepStrictEqual(seen, ["/cgi-bin/stable_token", "/wxa/plugin"])
    }).pipe(
      Effect.provide(https().pipe(Layer.provide(Layer.succeed(FetchHttpClient.Fetch, ours)))),
      Effect.provide(Emulator.layer())
    )
  })

  it.effect("its deadline spans token, call, renewal and repetition", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.delay("3 seconds", { on: "token" }))
      yield* emulator.fault(Fault.hold({ on: "plugin" }))
      const fiber = yield* Effect.fork(Effect.flip(list))
      yield* emulator.awaitRequest("token")
      yield* TestClock.adjust("3 seconds")
      yield* emulator.awaitRequest("plugin")
      yield* TestClock.adjust("1999 millis")
      assert.isNull(fiber.unsafePoll())
      yield* TestClock.adjust("1 millis")
      const error = yield* Fiber.join(fiber)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "timeout" })
      assert.include(error.message, "no reply within 5s")
    }).pipe(inWorld({ timeout: "5 seconds" }))
  )

  it.effect("its deadline spans the word to the credential's keeper that it was rejected", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const told = yield* Deferred.make<void>()
      const keeper = Layer.succeed(AccessToken.AccessToken, {
        get: Effect.succeed({ parameter: "access_token" as const, value: Redacted.make("outdated") }),
        invalidate: () => Effect.zipRight(Deferred.succeed(told, undefined), Effect.never)
      })
      const transport = HttpsTransport.layerAccessToken({ baseUrl: emulator.url }).pipe(
        Layer.provide([keeper, FetchHttpClient.layer])
      )
      const fiber = yield* Effect.fork(Effect.provide(Effect.flip(list), transport))
      yield* Deferred.await(told)
      yield* TestClock.adjust("10 seconds")
      const error = yield* Fiber.join(fiber)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "timeout" })
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("its one span says what is safe to say", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { spans } = yield* recordSpans(list)
      assert.deepStrictEqual(
        spans.map(({ attributes, name }) => [
          name,
          Object.fromEntries([...attributes].filter(([key]) => !key.startsWith("code.")))
        ]),
        [
          [
            "pluginManager.getPluginList",
            {
              "wechat.transport": "https",
              "server.address": "127.0.0.1",
              "server.port": Number(emulator.url.port),
              "url.path": "/wxa/plugin",
              "wechat.errcode": 0
            }
          ]
        ]
      )
    }).pipe(inWorld())
  )

  it.effect("a path in the base URL comes before WeChat's own", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { appId, appSecret, url } = emulator
      yield* Effect.flip(list).pipe(
        Effect.provide(HttpsTransport.layerFetch({ appId, appSecret, baseUrl: new URL("/wechat/", url) }))
      )
      assert.deepStrictEqual(
        (yield* emulator.journal).map(({ path }) => path),
        ["/wechat/cgi-bin/stable_token"]
      )
    }).pipe(inWorld())
  )

  it.effect("is configured from Config, and says which key is missing", () =>
    Effect.gen(function* () {
      const { appId, appSecret, url } = yield* Emulator.Emulator
      const layer = HttpsTransport.layerFetchConfig({
        appId: Config.string("WECHAT_APPID"),
        appSecret: Config.redacted("WECHAT_SECRET"),
        baseUrl: Config.url("WECHAT_BASE_URL"),
        timeout: Config.duration("WECHAT_TIMEOUT")
      })
      const config = new Map([
        ["WECHAT_APPID", appId],
        ["WECHAT_SECRET", Redacted.value(appSecret)],
        ["WECHAT_BASE_URL", url.href],
        ["WECHAT_TIMEOUT", "5 seconds"]
      ])
      const run = Effect.suspend(() =>
        list.pipe(Effect.provide(layer), Effect.withConfigProvider(ConfigProvider.fromMap(config)))
      )
      assert.isNotEmpty(yield* run)
      config.delete("WECHAT_SECRET")
      assert.include(String(yield* Effect.flip(run)), "WECHAT_SECRET")
    }).pipe(inWorld())
  )
})
