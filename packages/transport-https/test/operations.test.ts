import type { InvalidOptions } from "@effect-wechat/plugin-manager"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { PluginManager, type ThirdPartyPlatform, type Transport } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"

interface Received {
  readonly url: string
  readonly body: unknown
}

const bodyOf = async (request: IncomingMessage) => Buffer.concat(await request.toArray()).toString()

/** a WeChat that answers everything the same, and writes down what it was asked */
const wechat = (answer: object) =>
  Effect.acquireRelease(
    Effect.async<{ readonly url: URL; readonly received: Array<Received>; readonly close: () => void }>((resume) => {
      const received: Array<Received> = []
      const server = createServer((request, response) => {
        void bodyOf(request).then((body) => {
          received.push({ url: `${request.method} ${request.url}`, body: JSON.parse(body) })
          response.setHeader("content-type", "text/plain").end(JSON.stringify(answer))
        })
      })
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        const close = () => {
          server.close()
          server.closeAllConnections()
        }
        resume(Effect.succeed({ url: new URL(`http://127.0.0.1:${port}`), received, close }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )

const token = "authorizer-token-of-a-third-party-platform"

const platform = (baseUrl: URL) =>
  HttpsTransport.layerAccessToken({ baseUrl }).pipe(
    Layer.provideMerge(AccessToken.layerAuthorizer({ accessToken: Redacted.make(token) })),
    Layer.provide(FetchHttpClient.layer)
  )

describe("a third-party platform over HTTPS", () => {
  it.scoped("may update a plugin, with its authorizer_access_token as access_token", () =>
    Effect.gen(function* () {
      const { received, url } = yield* wechat({ errcode: 0, errmsg: "ok" })
      yield* PluginManager.updatePlugin({ pluginAppid: "wx5514af450eaceec2", userVersion: "2.2.46" }).pipe(
        Effect.provide(platform(url))
      )
      assert.deepStrictEqual(received, [
        {
          url: `POST /wxa/plugin?access_token=${token}`,
          body: { action: "update", plugin_appid: "wx5514af450eaceec2", user_version: "2.2.46" }
        }
      ])
    })
  )

  it.scoped("is told which token it takes, and which token it was stays hidden", () =>
    Effect.gen(function* () {
      const { received, url } = yield* wechat({
        errcode: 89256,
        errmsg: `no component info in ${token} hint: [eHldVfuhE]`
      })
      const error = yield* PluginManager.updatePlugin({ pluginAppid: "wx1", userVersion: "1.2.0" }).pipe(
        Effect.provide(platform(url)),
        Effect.flip
      )
      assert.deepInclude({ ...error }, { _tag: "ComponentInfoMissing", requestId: "eHldVfuhE", isRetryable: false })
      assert.notInclude(JSON.stringify(error) + error.message, token)
      assert.lengthOf(received, 1)
    })
  )

  it("the layer provides both tags", () => {
    expectTypeOf(platform).returns.toEqualTypeOf<
      Layer.Layer<
        Transport.Transport | AccessToken.AccessToken | ThirdPartyPlatform.ThirdPartyPlatform,
        InvalidOptions.InvalidOptions
      >
    >()
  })
})

describe("the developer's operations over HTTPS", () => {
  it.scoped("have a path of their own", () =>
    Effect.gen(function* () {
      const { received, url } = yield* wechat({ errcode: 0, errmsg: "ok" })
      yield* Effect.all([
        PluginManager.getPluginDevApplyList({ page: 1, num: 10 }),
        PluginManager.setDevPluginApplyStatus({ action: "refuse", reason: "仅供本市门店使用", appid: "wx1" })
      ]).pipe(Effect.provide(platform(url)))
      assert.deepStrictEqual(received, [
        { url: `POST /wxa/devplugin?access_token=${token}`, body: { action: "dev_apply_list", page: 1, num: 10 } },
        {
          url: `POST /wxa/devplugin?access_token=${token}`,
          body: { action: "dev_refuse", reason: "仅供本市门店使用", appid: "wx1" }
        }
      ])
    })
  )
})
