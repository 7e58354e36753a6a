import { Emulator, Fault, type World } from "@effect-wechat/emulator"
import { PluginManager, ThirdPartyPlatform } from "@effect-wechat/plugin-manager"
import { AccessToken, HttpsTransport } from "@effect-wechat/transport-https"
import { assert } from "@effect/vitest"
import { Effect, Layer, Redacted, TestClock } from "effect"
import { operationCases } from "./errcodes.js"
import type { Subject } from "./subjects.js"
import { agree, apply, seen, testWith, unbind, world } from "./two.js"
import { failureOf, valueOf } from "./world.js"

/** What a program beside ours asks of WeChat over HTTPS. */
export const ask = (path: string, body?: object) =>
  Effect.flatMap(Emulator.Emulator, ({ url }) =>
    Effect.promise(async () => {
      const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }
      const response = await fetch(new URL(path, url), init)
      return (await response.json()) as Readonly<Record<string, unknown>>
    })
  )

/** An authorizer_access_token of the platform, got the way that WeChat's pages have it. */
const authorizerToken = (authorizer_appid: string) =>
  Effect.gen(function* () {
    const [component] = (yield* (yield* Emulator.Emulator).world).components
    const { appSecret, appid: component_appid, authorizations, verifyTicket } = component!
    const tokenReply = yield* ask("/cgi-bin/component/api_component_token", {
      component_appid,
      component_appsecret: Redacted.value(appSecret),
      component_verify_ticket: Redacted.value(verifyTicket)
    })
    const { refreshToken } = authorizations.find(({ appid }) => appid === authorizer_appid)!
    const query = `component_access_token=${tokenReply["component_access_token"]}`
    const authorizer = yield* ask(`/cgi-bin/component/api_authorizer_token?${query}`, {
      component_appid,
      authorizer_appid,
      authorizer_refresh_token: Redacted.value(refreshToken)
    })
    return Redacted.make(String(authorizer["authorizer_access_token"]))
  })

/** The transport of a platform that acts for that mini program. */
export const layerPlatform = ({ client }: Extract<Subject, { readonly kind: "https" }>, appid: string) =>
  Layer.unwrapEffect(
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      return HttpsTransport.layerAccessToken({ baseUrl: url }).pipe(
        Layer.provideMerge(AccessToken.layerAuthorizer({ accessToken: yield* authorizerToken(appid) })),
        Layer.provide(client)
      )
    })
  )

const update = (userVersion: string) => PluginManager.updatePlugin({ pluginAppid: "wx-plugin", userVersion })

const [component] = world.components

/** The world, with this in the place of what the applicant allows the platform. */
const authorized = (change: Partial<World.Authorization> | undefined) =>
  Effect.flatMap(Emulator.Emulator, (emulator) =>
    Effect.flatMap(emulator.world, (now) => {
      const authorizations = change === undefined ? [] : [{ ...component!.authorizations[0]!, ...change }]
      return emulator.seed({ ...now, components: [{ ...component!, authorizations }] })
    })
  )

/** `updatePlugin`, which WeChat takes over HTTPS and from a platform alone. */
export const platform = (subject: Extract<Subject, { readonly kind: "https" }>): void => {
  const test = testWith(subject)
  const build = Layer.build(layerPlatform(subject, "wx-applicant"))

  test("updates what is in use, by its authorizer_access_token", (two) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const byPlatform = Effect.provide(yield* build)
      yield* apply("wx-plugin")(two)
      yield* agree(two)
      assert.isUndefined(yield* byPlatform(valueOf(update("2.2.46"))))
      const entry = (yield* emulator.journal).at(-1)
      assert.deepInclude(entry, {
        path: "/wxa/plugin",
        query: {},
        body: { action: "update", plugin_appid: "wx-plugin", user_version: "2.2.46" }
      })
      assert.strictEqual(entry?.credential?.parameter, "access_token")
      const [application] = (yield* emulator.world).applications
      assert.deepInclude(application, { plugin: "wx-plugin", status: 2, userVersion: "2.2.46" })
    }))

  test("does for the mini program what it does itself", (two) =>
    Effect.gen(function* () {
      const byPlatform = Effect.provide(yield* build)
      yield* byPlatform(valueOf(PluginManager.applyPlugin({ pluginAppid: "wx-plugin" })))
      assert.deepStrictEqual(yield* seen(two), [["wx-plugin applying"], ["wx-applicant applying"]])
      yield* agree(two)
      assert.strictEqual((yield* byPlatform(valueOf(PluginManager.getPluginList)))[0]?.status, "approved")
      yield* byPlatform(valueOf(PluginManager.unbindPlugin({ pluginAppid: "wx-plugin" })))
      assert.deepStrictEqual(yield* seen(two), [[], []])
    }))

  test("is refused by the state of the plugin", (two) =>
    Effect.gen(function* () {
      const byPlatform = Effect.provide(yield* build)
      const tag = (version: string) => Effect.map(byPlatform(failureOf(update(version))), ({ _tag }) => _tag)
      assert.strictEqual(yield* tag("2.2.46"), "PluginNotInRelease")
      yield* apply("wx-plugin")(two)
      assert.strictEqual(yield* tag("2.2.46"), "PluginNotInRelease")
      yield* agree(two)
      assert.strictEqual(yield* tag("latest"), "InvalidPluginVersion")
      assert.strictEqual(yield* tag("9.9.9"), "QuickUpdateNotSupported")
      assert.strictEqual(yield* tag("3.0.0"), "GrayReleaseInProgress")
      yield* unbind("wx-plugin")(two)
      assert.strictEqual(yield* tag("2.2.46"), "PluginNotInRelease")
    }))

  test("is refused when the mini program no longer allows it", () =>
    Effect.gen(function* () {
      const byPlatform = Effect.provide(yield* build)
      for (const [change, errcode] of [
        [{ permissionSets: [17] }, 61007],
        [{ isBroken: true }, 42007],
        [undefined, 61003]
      ] as const) {
        yield* authorized(change)
        const error: object = yield* byPlatform(failureOf(update("2.2.46")))
        assert.deepInclude({ ...error }, { _tag: "ComponentNotAuthorized", errcode })
      }
    }))

  test("is refused a token that ran out, once", () =>
    Effect.gen(function* () {
      const { journal } = yield* Emulator.Emulator
      const byPlatform = Effect.provide(yield* build)
      yield* TestClock.adjust("2 hours")
      const error: object = yield* byPlatform(failureOf(update("2.2.46")))
      assert.deepInclude({ ...error }, { _tag: "CredentialRejected", errcode: 42001 })
      assert.lengthOf(
        (yield* journal).filter(({ endpoint }) => endpoint === "plugin"),
        1
      )
    }))

  test("has to be one: a mini program's own token gets 89256", ({ applicant }) =>
    Effect.gen(function* () {
      const error: object = yield* applicant(failureOf(update("2.2.46"))).pipe(
        Effect.provideService(ThirdPartyPlatform.ThirdPartyPlatform, {})
      )
      assert.deepInclude({ ...error }, { _tag: "ComponentInfoMissing", errcode: 89256 })
    }))

  test("every errcode of its update", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      const byPlatform = Effect.provide(yield* build)
      const api = "pluginManager.updatePlugin"
      for (const { errcode, tag } of operationCases(api)) {
        // a token that WeChat goes on handing out is not tried twice
        yield* fault(Fault.errcode(errcode, { errmsg: "system error" }))
        const error: object = yield* byPlatform(failureOf(update("2.2.46")))
        assert.deepInclude({ ...error }, { _tag: tag, api, errcode, isRetryable: false })
      }
    }))

  test("an update whose reply is lost is made, and is none that one may repeat", (two) =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const byPlatform = Effect.provide(yield* build)
      yield* apply("wx-plugin")(two)
      yield* agree(two)
      yield* emulator.fault(Fault.reset())
      const error: object = yield* byPlatform(failureOf(update("2.2.46")))
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "connection", isRetryable: false })
      assert.strictEqual((yield* emulator.world).applications[0]?.userVersion, "2.2.46")
    }))
}
