import { HttpsTransport, MiniPrograms, AccessToken } from "@effect-wechat/transport-https"
import type { InvalidOptions, Transport } from "@effect-wechat/plugin-manager"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Config, ConfigProvider, Effect, Layer, Redacted } from "effect"
import { inspect } from "node:util"
import { list } from "./support.js"

const app = { appId: "wx1", appSecret: Redacted.make("s3cret-s3cret") }

type Options = Parameters<typeof HttpsTransport.layerFetch>[0]

const build = <E>(layer: Layer.Layer<Transport.Transport, E>) => Effect.flip(Effect.scoped(Layer.build(layer)))

describe("an option that cannot be used", () => {
  const invalid: ReadonlyArray<readonly [option: string, options: Partial<Options>]> = [
    ["baseUrl", { baseUrl: "nonsense" }],
    ["baseUrl", { baseUrl: "" }],
    ["baseUrl", { baseUrl: new URL("file:///etc/hosts") }],
    ["baseUrl", { baseUrl: "https://api.weixin.qq.com?proxy=1" }],
    ["baseUrl", { baseUrl: "https://api.weixin.qq.com/#x" }],
    ["baseUrl", { baseUrl: "https://user:s3cret-s3cret@api.weixin.qq.com" }],
    ["maxBodySize", { maxBodySize: Infinity }],
    ["maxBodySize", { maxBodySize: NaN }],
    ["maxBodySize", { maxBodySize: 1.5 }],
    ["maxBodySize", { maxBodySize: 0 }],
    ["timeout", { timeout: 0 }],
    ["timeout", { timeout: -1 }],
    ["timeout", { timeout: "soon" as never }],
    ["appId", { appId: "" }],
    ["appId", { appId: "  " }],
    ["appId", { appId: "wx1\n" }],
    ["appSecret", { appSecret: Redacted.make("") }],
    ["appSecret", { appSecret: Redacted.make("s3cret-s3cret\r\n") }],
    ["appSecret", { appSecret: Redacted.make("s3cret-s3cret\ud800") }]
  ]

  it.effect.each(invalid)("%s is a typed error that names it, and does not show it", ([option, options]) =>
    Effect.gen(function* () {
      const layer = HttpsTransport.layerFetch({ ...app, ...options })
      const error: InvalidOptions.InvalidOptions = yield* build(layer)
      assert.deepInclude({ ...error }, { _tag: "InvalidOptions", option, category: "usage" })
      assert.match(error.hint.zh, /[\u4e00-\u9fff]/)
      const shown = error.message + JSON.stringify(error) + inspect(error) + Cause.pretty(Cause.fail(error))
      assert.notInclude(shown, "s3cret")
      assert.include(error.message, option)
    })
  )

  it.effect("of a mini program is told where it is asked for", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Effect.provide(list, MiniPrograms.transport(" ")))
      assert.deepInclude({ ...error }, { _tag: "InvalidOptions", option: "appId" })
    }).pipe(Effect.provide(MiniPrograms.layerFetch({ appSecret: () => Effect.never })))
  )

  it.effect("is told of a static token and of a central service too", () =>
    Effect.gen(function* () {
      const over = <E>(token: Layer.Layer<AccessToken.AccessToken, E>) =>
        build(HttpsTransport.layerAccessToken().pipe(Layer.provide([token, HttpsTransport.layerFetchClient])))
      const blank = yield* over(AccessToken.layerStatic({ accessToken: Redacted.make("token\n") }))
      assert.deepInclude({ ...blank }, { _tag: "InvalidOptions", option: "accessToken" })
      const central = AccessToken.layerCentral({ url: "tokens", appId: "wx1" })
      const url = yield* over(Layer.provide(central, HttpsTransport.layerFetchClient))
      assert.deepInclude({ ...url }, { _tag: "InvalidOptions", option: "url" })
    })
  )
})

describe("layerConfig", () => {
  it.effect("takes values and Configs side by side, and fails with what is not set or cannot be used", () =>
    Effect.gen(function* () {
      const layer = HttpsTransport.layerFetchConfig({
        appId: "wx1",
        appSecret: Config.redacted("SECRET"),
        baseUrl: Config.string("URL")
      })
      const withEnvironment = (variables: ReadonlyArray<readonly [string, string]>) =>
        Effect.withConfigProvider(build(layer), ConfigProvider.fromMap(new Map(variables)))
      assert.include(String(yield* withEnvironment([["URL", "http://x"]])), "SECRET")
      const error = yield* withEnvironment([
        ["SECRET", "s"],
        ["URL", "ftp://x"]
      ])
      assert.deepInclude({ ...error }, { _tag: "InvalidOptions", option: "baseUrl" })
    })
  )
})
