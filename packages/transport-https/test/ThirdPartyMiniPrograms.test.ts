import type { InvalidOptions } from "@effect-wechat/plugin-manager"
import { Emulator, Fault, World } from "@effect-wechat/emulator"
import { PluginManager } from "@effect-wechat/plugin-manager"
import { MiniPrograms, ThirdPartyMiniPrograms } from "@effect-wechat/transport-https"
import * as TokenStore from "@effect-wechat/transport-https/TokenStore"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Config, ConfigProvider, Context, Effect, Layer, Redacted, TestClock } from "effect"
import { keyOf } from "../src/internal/tokens/tokenSource.js"
import { list } from "./support.js"

const secrets = {
  componentAppSecret: Redacted.make("component-s3cret"),
  ticket: Redacted.make("ticket@@@s3cret"),
  refreshToken: Redacted.make("refreshtoken@@@s3cret")
}

const authorization = (appid: string) => ({ appid, refreshToken: `refreshtoken@@@s3cret-${appid}` })

const world = World.make({
  miniPrograms: [{ appid: "wx-a" }, { appid: "wx-b" }],
  plugins: [{ appid: "wx-plugin", owner: "wx-b", versions: ["1.0.0", "1.1.0"] }],
  applications: [{ applicant: "wx-a", plugin: "wx-plugin", status: 2 }],
  components: ["wx-platform", "wx-other"].map((appid) => ({
    appid,
    appSecret: Redacted.value(secrets.componentAppSecret),
    verifyTicket: Redacted.value(secrets.ticket),
    authorizations: [authorization("wx-a"), authorization("wx-b")]
  }))
})

const platform = (options: Partial<ThirdPartyMiniPrograms.Options> = {}) =>
  Emulator.layerFrom(({ url }) =>
    ThirdPartyMiniPrograms.layerFetch({
      componentAppId: "wx-platform",
      componentAppSecret: secrets.componentAppSecret,
      verifyTicket: Effect.succeed(secrets.ticket),
      refreshToken: (appId) => Effect.succeed(Redacted.make(authorization(appId).refreshToken)),
      onRefreshToken: (appId) => Effect.dieMessage(`${appId} has no new refresh token`),
      baseUrl: url,
      ...options
    })
  )

const inWorld = (options: Partial<ThirdPartyMiniPrograms.Options> = {}) =>
  Effect.provide(platform(options).pipe(Layer.provideMerge(Emulator.layer({ world }))))

const listOf = (appId: string) => Effect.provide(list, MiniPrograms.transport(appId))

const operations = Effect.gen(function* () {
  const { journal } = yield* Emulator.Emulator
  return (yield* journal).map(({ operation }) => operation)
})

describe("ThirdPartyMiniPrograms", () => {
  it.effect("updates a plugin in use for a mini program that authorized it, with the documented requests", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* PluginManager.updatePlugin({ pluginAppid: "wx-plugin", userVersion: "1.1.0" }).pipe(
        Effect.provide(MiniPrograms.transport("wx-a"))
      )
      assert.strictEqual((yield* emulator.world).applications[0]?.userVersion, "1.1.0")
      const [component, authorizer, update] = yield* emulator.journal
      assert.deepInclude(component, { method: "POST", path: "/cgi-bin/component/api_component_token", query: {} })
      assert.hasAllKeys(component?.body, ["component_appid", "component_appsecret", "component_verify_ticket"])
      assert.deepInclude(authorizer, { method: "POST", path: "/cgi-bin/component/api_authorizer_token", query: {} })
      assert.strictEqual(authorizer?.credential?.parameter, "component_access_token")
      assert.deepInclude(authorizer?.body, { component_appid: "wx-platform", authorizer_appid: "wx-a" })
      assert.hasAllKeys(authorizer?.body, ["component_appid", "authorizer_appid", "authorizer_refresh_token"])
      assert.strictEqual(update?.credential?.parameter, "access_token")
    }).pipe(inWorld())
  )

  it.effect("takes its options from Config, and a ticket that is itself a Config is read for each token", () =>
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      const layer = ThirdPartyMiniPrograms.layerFetchConfig({
        componentAppId: Config.string("APPID"),
        componentAppSecret: Config.redacted("SECRET"),
        verifyTicket: Config.redacted("TICKET"),
        refreshToken: (appId) => Effect.succeed(Redacted.make(authorization(appId).refreshToken)),
        onRefreshToken: () => Effect.void,
        baseUrl: url
      })
      const variables = ConfigProvider.fromMap(
        new Map([
          ["APPID", "wx-platform"],
          ["SECRET", Redacted.value(secrets.componentAppSecret)],
          ["TICKET", Redacted.value(secrets.ticket)]
        ])
      )
      const plugins = listOf("wx-a").pipe(Effect.provide(layer), Effect.withConfigProvider(variables))
      assert.isNotEmpty(yield* plugins)
    }).pipe(Effect.provide(Emulator.layer({ world })))
  )

  it.effect("asks once for its own token and once for that of each mini program, however many call", () =>
    Effect.gen(function* () {
      const lists = yield* Effect.forEach(["wx-a", "wx-b", "wx-a", "wx-b"], listOf, { concurrency: "unbounded" })
      assert.deepStrictEqual(
        lists.map((plugins) => plugins.map(({ appid }) => appid)),
        [["wx-plugin"], [], ["wx-plugin"], []]
      )
      const asked = yield* operations
      assert.lengthOf(
        asked.filter((one) => one === "getComponentAccessToken"),
        1
      )
      assert.lengthOf(
        asked.filter((one) => one === "getAuthorizerAccessToken"),
        2
      )
    }).pipe(inWorld())
  )

  it.effect("two platforms have tokens of their own, over one store", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      for (const componentAppId of ["wx-platform", "wx-other"]) {
        yield* listOf("wx-a").pipe(Effect.provide(platform({ componentAppId })))
      }
      const used = (yield* emulator.journal).flatMap(({ credential }) => credential ?? [])
      assert.strictEqual(new Set(used.map(({ value }) => Redacted.value(value))).size, 4)
      const store = yield* TokenStore.TokenStore
      for (const app of ["wx-platform", "wx-other"]) {
        for (const [name, kind] of [
          [app, "component"],
          [`${app}:wx-a`, "authorizer"]
        ] as const) {
          const stored = yield* store.get(keyOf(name, kind, emulator, secrets.componentAppSecret))
          assert.strictEqual(stored._tag, "Some", name)
        }
      }
      yield* listOf("wx-a").pipe(Effect.provide(platform()))
      assert.lengthOf(yield* operations, 7)
    }).pipe(Effect.provide(Layer.merge(Emulator.layer({ world }), TokenStore.layerMemory)))
  )

  it.effect("renews both tokens when both died early", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* listOf("wx-a")
      yield* emulator.expireTokens()
      assert.isNotEmpty(yield* listOf("wx-a"))
      assert.deepStrictEqual((yield* operations).slice(3), [
        "pluginManager.getPluginList",
        "getAuthorizerAccessToken",
        "getComponentAccessToken",
        "getAuthorizerAccessToken",
        "pluginManager.getPluginList"
      ])
    }).pipe(inWorld())
  )

  it.effect("a component token that is rejected again is an error, not a loop", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      yield* emulator.fault(Fault.errcode(40001, { on: "getAuthorizerAccessToken", times: Infinity }))
      assert.strictEqual((yield* Effect.flip(listOf("wx-a")))._tag, "CredentialRejected")
      assert.deepStrictEqual(yield* operations, [
        "getComponentAccessToken",
        "getAuthorizerAccessToken",
        "getComponentAccessToken",
        "getAuthorizerAccessToken"
      ])
    }).pipe(inWorld())
  )

  const wrong = Effect.succeed(Redacted.make("wrong-s3cret"))
  const unreadable = Effect.fail(new Error("s3cret"))
  const failures: ReadonlyArray<readonly [string, Partial<ThirdPartyMiniPrograms.Options>, object]> = [
    ["ticket", { verifyTicket: wrong }, { _tag: "VerifyTicketRejected", errcode: 61006 }],
    ["secret", { componentAppSecret: Redacted.make("wrong-s3cret") }, { _tag: "InvalidAppSecret", errcode: 40125 }],
    ["refresh token", { refreshToken: () => wrong }, { _tag: "RefreshTokenRejected", errcode: 61023 }],
    ["readable ticket", { verifyTicket: unreadable }, { _tag: "WechatTransportError", reason: "credential" }],
    [
      "readable refresh token",
      { refreshToken: () => unreadable },
      { _tag: "WechatTransportError", reason: "credential" }
    ]
  ]
  it.effect.each(failures)("without a right %s the call fails with the error of it", ([, options, expected]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(listOf("wx-a"))
      assert.deepInclude({ ...error }, expected)
      assert.notInclude(error.message + JSON.stringify(error), "s3cret")
      assert.notInclude(yield* operations, "pluginManager.getPluginList")
    }).pipe(inWorld(options))
  )

  it.effect(
    "a page in place of the token that shows the refresh token as its content-type does not show it in the error",
    () =>
      Effect.gen(function* () {
        const emulator = yield* Emulator.Emulator
        const { refreshToken } = authorization("wx-a")
        yield* emulator.fault(
          Fault.raw({
            on: "token",
            nth: 2,
            status: 502,
            headers: { "content-type": refreshToken },
            body: "<html></html>"
          })
        )
        const { message } = yield* Effect.flip(listOf("wx-a"))
        assert.include(message, "HTTP 502, content-type <redacted>")
      }).pipe(inWorld())
  )

  it.effect("an authorization that is broken or gone is ComponentNotAuthorized, and of one mini program alone", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      for (const [authorizations, errcode] of [
        [[{ ...authorization("wx-a"), isBroken: true }, authorization("wx-b")], 42007],
        [[authorization("wx-b")], 61003]
      ] as const) {
        const components = [
          { ...World.make({ ...seed, components: [{ ...platformSeed, authorizations }] }).components[0]! }
        ]
        yield* emulator.seed({ ...world, components })
        const error: object = yield* Effect.flip(listOf("wx-a"))
        assert.deepInclude({ ...error }, { _tag: "ComponentNotAuthorized", errcode })
        yield* TestClock.adjust("10 minutes")
        yield* listOf("wx-b")
      }
    }).pipe(inWorld())
  )

  it("what it reads may need services of their own", () => {
    class Vault extends Context.Tag("Vault")<Vault, { readonly secret: Redacted.Redacted<string> }>() {}
    const secret = Effect.map(Vault, ({ secret }) => secret)
    const layer = ThirdPartyMiniPrograms.layerFetch({
      componentAppId: "wx-platform",
      componentAppSecret: secrets.componentAppSecret,
      verifyTicket: secret,
      refreshToken: () => secret,
      onRefreshToken: () => Effect.asVoid(secret)
    })
    expectTypeOf<Layer.Layer.Context<typeof layer>>().toEqualTypeOf<Vault>()
    expectTypeOf<Layer.Layer.Error<typeof layer>>().toEqualTypeOf<InvalidOptions.InvalidOptions>()
  })
})

const seed = { miniPrograms: [{ appid: "wx-a" }] as [{ appid: string }] }
const platformSeed = {
  appid: "wx-platform",
  appSecret: Redacted.value(secrets.componentAppSecret),
  verifyTicket: Redacted.value(secrets.ticket)
}
