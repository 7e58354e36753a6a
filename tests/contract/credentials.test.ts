import { Emulator, Fault } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport, type Credential, type HttpsOptions } from "@effect-wechat/transport-https"
import * as EncryptedTokenStore from "@effect-wechat/transport-https/EncryptedTokenStore"
import * as RedisTokenStore from "@effect-wechat/transport-https/RedisTokenStore"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { assert, describe, it } from "@effect/vitest"
import { Context, Duration, Effect, Layer, Option, Redacted } from "effect"
import { Redis as Client } from "ioredis"
import { httpServer } from "@effect-wechat/test-support/httpServer"
import { inTime } from "@effect-wechat/test-support/inTime"
import { hasRedis, redisServer } from "@effect-wechat/test-support/redisServer"
import { failureOf, valueOf } from "./world.js"

const list = PluginManager.getPluginList
const hour = Duration.hours(1)

type App = Credential.App & HttpsOptions.HttpsOptions

const over = (accessToken: (app: App) => ReturnType<typeof AccessToken.layerStable>) => (app: App) =>
  HttpsTransport.layerAccessToken({ baseUrl: app.baseUrl }).pipe(
    Layer.provide(accessToken(app)),
    Layer.provide(HttpsTransport.layerFetchClient)
  )

/** One that hands out a token of the emulator's. */
const central = Layer.unwrapScoped(
  Effect.gen(function* () {
    const emulator = yield* Emulator.Emulator
    const { url } = yield* httpServer((_, response) => {
      void Effect.runPromise(emulator.issueToken).then((token) =>
        response.end(JSON.stringify({ access_token: Redacted.value(token), expires_in: 7200 }))
      )
    })
    return over(({ appId, appSecret }) =>
      AccessToken.layerCentral({ url: new URL(url), appId, authorization: appSecret })
    )({
      appId: emulator.appId,
      appSecret: emulator.appSecret,
      baseUrl: emulator.url
    })
  })
)

const ofApp = (layer: (app: App) => ReturnType<typeof HttpsTransport.layerFetch>) =>
  Emulator.layerFrom(({ appId, appSecret, url }) => layer({ appId, appSecret, baseUrl: url }))

const withStore = (store: Layer.Layer<TokenStore.TokenStore>) => (app: App) =>
  Layer.provide(HttpsTransport.layerFetch(app), store)

const brokenStore = Layer.succeed(TokenStore.TokenStore, {
  get: () => Effect.die(new Error("no store")),
  set: (_, value) => Effect.die(new Error(Redacted.value(value))),
  removeIf: (_, value) => Effect.die(new Error(Redacted.value(value))),
  lease: () => Effect.die(new Error("no store")),
  release: () => Effect.die(new Error("no store"))
})

describe.each([
  ["the stable token", ofApp(HttpsTransport.layerFetch)],
  ["the plain token", ofApp(over(AccessToken.layerPlain))],
  ["a central token service", central],
  ["a store in memory", ofApp(withStore(TokenStore.layerMemory))],
  ["a store that is out", ofApp(withStore(brokenStore))]
] as const)("with %s nothing that is printed, traced or thrown has a secret in it", (_, transport) => {
  it.effect("while it is fetched, renewed, refused, garbled and lost", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* valueOf(list)
      yield* emulator.expireTokens({ stale: true })
      yield* valueOf(list)
      yield* emulator.fault(Fault.errcode(42001, { on: "plugin", times: 2 }))
      yield* failureOf(list)
      for (const fault of [Fault.errcode(45009, { on: "token" }), Fault.body("<html>", { on: "token" })]) {
        yield* emulator.expireTokens()
        yield* emulator.fault(fault)
        yield* Effect.exit(valueOf(list))
      }
    }).pipe(inTime, Effect.provide(Layer.provideMerge(transport, Emulator.layer())))
  )
})

describe.skipIf(!hasRedis)("with redis-server", () => {
  const key = Redacted.make(Buffer.from("0123456789abcdef0123456789abcdef").toString("base64"))

  it.scoped("nothing in Redis has a secret in it, with a key", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const { url } = yield* redisServer
      const store = Layer.provide(
        EncryptedTokenStore.layer({ key }),
        RedisTokenStore.layer({ url: Redacted.make(url) })
      )
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new Client(url)),
        (client) => Effect.sync(() => client.disconnect())
      )
      const stored = Effect.promise(() =>
        client
          .keys("*")
          .then((keys) => Promise.all(keys.map((key) => client.get(key).then((value) => `${key} ${value}`))))
      )
      const { appId, appSecret, url: baseUrl } = emulator
      const machine = Effect.map(
        Layer.build(Layer.fresh(HttpsTransport.layerFetch({ appId, appSecret, baseUrl }).pipe(Layer.provide(store)))),
        (context) => Effect.provide(list, context)
      )
      const [one, two] = [yield* machine, yield* machine]
      yield* valueOf(one)
      yield* valueOf(two)
      assert.lengthOf(
        (yield* emulator.journal).filter(({ endpoint }) => endpoint === "token"),
        1
      )
      const lines = yield* stored
      assert.lengthOf(lines, 1)
      assert.match(lines[0]!, /^effect-wechat:wx\w+:stable:127\.0\.0\.1:\d+:[0-9a-f]+ \S+$/)
      const secrets = [appSecret, yield* emulator.issueToken, key].map(Redacted.value)
      for (const secret of secrets) {
        assert.notInclude(lines.join("\n"), secret)
      }
    }).pipe(Effect.provide(Emulator.layer()))
  )
})

describe("an encrypted store", () => {
  const opened = (key: string, store: TokenStore.TokenStore.Service) =>
    Effect.map(
      Layer.build(
        EncryptedTokenStore.layer({ key: Redacted.make(key) }).pipe(
          Layer.provide(Layer.succeed(TokenStore.TokenStore, store))
        )
      ),
      Context.get(TokenStore.TokenStore)
    )
  const keys = ["a", "b"].map((letter) => Buffer.from(letter.repeat(32)).toString("base64")) as [string, string]

  it.scoped("has nothing for another key, and nothing for a value that was moved", () =>
    Effect.gen(function* () {
      const memory = yield* TokenStore.TokenStore
      const one = yield* opened(keys[0], memory)
      const two = yield* opened(keys[1], memory)
      yield* one.set("wx1:stable", Redacted.make("s3cret"), hour)
      assert.isTrue((yield* one.get("wx1:stable"))._tag === "Some")
      assert.isTrue((yield* two.get("wx1:stable"))._tag === "None")
      yield* two.removeIf("wx1:stable", Redacted.make("s3cret"))
      const sealed = Option.getOrThrow(yield* memory.get("wx1:stable"))
      assert.notInclude(Redacted.value(sealed), "s3cret")
      yield* memory.set("wx2:stable", sealed, hour)
      assert.isTrue((yield* one.get("wx2:stable"))._tag === "None")
      yield* memory.set("wx3:stable", Redacted.make("never sealed"), hour)
      assert.isTrue((yield* one.get("wx3:stable"))._tag === "None")
      yield* one.set("wx1:stable", Redacted.make("s3cret"), hour)
      assert.notStrictEqual(Redacted.value(Option.getOrThrow(yield* memory.get("wx1:stable"))), Redacted.value(sealed))
    }).pipe(Effect.provide(TokenStore.layerMemory))
  )

  it.scoped("takes 32 bytes in base64 for a key, and shows nothing of what is none", () =>
    Effect.forEach(["s3cret", "", keys[0].slice(4), `${keys[0]}AAAA`, "s3cret!!"], (key) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(Effect.flatMap(TokenStore.TokenStore, (store) => opened(key, store)))
        assert.strictEqual(error._tag, "InvalidEncryptionKey")
        assert.include(error.message, "openssl rand -base64 32")
        assert.isFalse(key !== "" && (JSON.stringify(error) + error.message).includes(key))
      }).pipe(Effect.provide(TokenStore.layerMemory))
    )
  )
})
