import { Emulator, Fault } from "@effect-wechat/emulator"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import type { InvalidOptions } from "@effect-wechat/plugin-manager"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Context, Effect, Fiber, Layer, Redacted, TestClock } from "effect"
import { counts, list } from "./support.js"

/** the transport with another credential */
const withCredential = (
  credential: (
    emulator: Emulator.Emulator.Service
  ) => Layer.Layer<AccessToken.AccessToken, InvalidOptions.InvalidOptions>
) =>
  Emulator.layerFrom((emulator) =>
    Layer.provide(HttpsTransport.layerAccessToken({ baseUrl: emulator.url }), [
      credential(emulator),
      HttpsTransport.layerFetchClient
    ])
  )

type WithCredential = ReturnType<typeof withCredential>

const inWorld =
  (transport: WithCredential) =>
  <A, E>(effect: Effect.Effect<A, E, Layer.Layer.Success<WithCredential> | Emulator.Emulator>) =>
    Effect.provide(effect, Layer.provideMerge(transport, Emulator.layer()))

describe("the plain token", () => {
  const plain = withCredential(({ appId, appSecret, url }) =>
    Layer.provide(AccessToken.layerPlain({ appId, appSecret, baseUrl: url }), HttpsTransport.layerFetchClient)
  )

  it.effect("is asked for with the documented request", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      assert.isNotEmpty(yield* list)
      const entry = yield* emulator.awaitRequest("token")
      assert.deepInclude(entry, { method: "GET", path: "/cgi-bin/token" })
      assert.notProperty(entry, "body")
      assert.deepInclude(entry.query, { grant_type: "client_credential", appid: emulator.appId })
    }).pipe(inWorld(plain))
  )

  it.effect("that dies early is renewed once, and the call repeated", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* list
      yield* emulator.expireTokens({ stale: true })
      yield* Effect.all([list, list, list], { concurrency: "unbounded" })
      assert.strictEqual((yield* counts).token, 2)
    }).pipe(inWorld(plain))
  )

  it.effect("is waited for no longer than the call may take, however long its own request may", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const patient = Layer.provideMerge(
        AccessToken.layerPlain({ ...emulator, baseUrl: emulator.url, timeout: "1 minute" }),
        HttpsTransport.layerFetchClient
      )
      const transport = HttpsTransport.layerAccessToken({ baseUrl: emulator.url, timeout: "2 seconds" })
      yield* emulator.fault(Fault.hold({ on: "token" }))
      const call = yield* Effect.fork(Effect.flip(Effect.provide(list, Layer.provide(transport, patient))))
      yield* emulator.awaitRequest("token")
      yield* TestClock.adjust("2 seconds")
      const error = yield* Fiber.join(call)
      assert(error._tag === "WechatTransportError")
      assert.include(error.message, "no reply within 2s")
    }).pipe(Effect.provide(Emulator.layer()))
  )

  it.effect("refused is that errcode's error, and a failure shows nothing of the secret in the query", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.errcode(40164, { on: "token" }))
      assert.strictEqual((yield* Effect.flip(list))._tag, "IpNotAllowed")
      yield* TestClock.adjust("10 minutes")
      yield* emulator.fault(Fault.body("<html>", { on: "token" }))
      const error = yield* Effect.flip(list)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "body" })
      assert.include(error.message, "GET ")
      assert.notInclude(JSON.stringify(error) + error.message, Redacted.value(emulator.appSecret))
    }).pipe(inWorld(plain))
  )
})

describe("other credentials", () => {
  it.effect("a static token is sent as it is, and not repeated when it is rejected", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      assert.isNotEmpty(yield* list)
      yield* emulator.expireTokens()
      assert.strictEqual((yield* Effect.flip(list))._tag, "CredentialRejected")
      assert.deepStrictEqual(yield* counts, { token: 0, plugin: 2 })
    }).pipe(
      inWorld(
        withCredential((emulator) =>
          Layer.unwrapEffect(Effect.map(emulator.issueToken, (accessToken) => AccessToken.layerStatic({ accessToken })))
        )
      )
    )
  )

  it.effect("a cloudbase token has a query parameter of its own", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      assert.isNotEmpty(yield* list)
      const { credential } = yield* emulator.awaitRequest("plugin")
      assert.strictEqual(credential?.parameter, "cloudbase_access_token")
    }).pipe(inWorld(withCredential(({ cloudbaseToken }) => AccessToken.layerCloudbase({ token: cloudbaseToken }))))
  )

  it.effect("a cloudbase token that may change is read for every call, and again when it is rejected", () => {
    let reads = 0
    return Effect.gen(function* () {
      assert.isNotEmpty(yield* list)
      assert.strictEqual(reads, 2)
      assert.deepStrictEqual(yield* counts, { token: 0, plugin: 2 })
      assert.isNotEmpty(yield* list)
      assert.strictEqual(reads, 3)
    }).pipe(
      inWorld(
        withCredential(({ cloudbaseToken }) =>
          AccessToken.layerCloudbase({
            token: Effect.suspend(() => (reads++ === 0 ? Effect.succeed(Redacted.make("outdated")) : cloudbaseToken))
          })
        )
      )
    )
  })

  it.effect("a credential that cannot be read is a typed error, and shows nothing of why", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(list)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "credential", isRetryable: false })
      assert.include(error.message, "cloudbase_access_token cannot be read")
      assert.notInclude(error.message, "s3cret")
    }).pipe(
      inWorld(withCredential(() => AccessToken.layerCloudbase({ token: Effect.fail(new Error("s3cret is no file")) })))
    )
  )

  it("a credential may need a service of its own", () => {
    class Vault extends Context.Tag("Vault")<Vault, { readonly token: Redacted.Redacted<string> }>() {}
    const layer = AccessToken.layerCloudbase({ token: Effect.map(Vault, ({ token }) => token) })
    expectTypeOf(layer).toEqualTypeOf<Layer.Layer<AccessToken.AccessToken, never, Vault>>()
  })
})
