import type * as SigningKeys from "@effect-wechat/transport-https/SigningKeys"
import { Emulator, Fault } from "@effect-wechat/emulator"
import { PluginManager, type Transport } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as RequestSigning from "@effect-wechat/transport-https/RequestSigning"
import { FetchHttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Cause, type Clock, ConfigProvider, Effect, Exit, Layer, Logger, Redacted } from "effect"
import * as Config from "effect/Config"
import { inspect } from "node:util"
import { recordSpans } from "@effect-wechat/test-support/recordSpans"
import {
  appId,
  expected,
  options,
  overClient,
  pairs,
  signed,
  Signing,
  symmetricKey,
  world
} from "@effect-wechat/test-support/signing"
import { list } from "./support.js"

const withOptions = (other: Partial<SigningKeys.SigningKeys>) => signed(RequestSigning.layer({ ...options, ...other }))

describe("RequestSigning", () => {
  it.effect("nothing but ciphertext goes over the wire, and the token endpoint is asked as ever", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* list, expected)
      assert.deepStrictEqual(yield* list, expected)
      const { journal } = yield* Emulator.Emulator
      const [token, first, second] = yield* journal
      assert.deepInclude(token!.body, { grant_type: "client_credential" })
      assert.deepStrictEqual(first!.body, { action: "list" })
      const sent = [first!, second!].map(({ rawBody }) => JSON.parse(rawBody!) as { readonly iv: string })
      assert.hasAllKeys(sent[0]!, ["iv", "data", "authtag"])
      assert.notStrictEqual(sent[0]!.iv, sent[1]!.iv)
    }).pipe(Effect.provide(signed(Signing)))
  )

  it.effect("an operation with a payload, its errcode, and a token that dies early", () =>
    Effect.gen(function* () {
      const emulator = yield* Emulator.Emulator
      const error = yield* Effect.flip(PluginManager.applyPlugin({ pluginAppid: "wx-plugin", reason: "地图" }))
      assert.deepInclude({ ...error }, { _tag: "PluginAlreadyAdded", errcode: 89237 })
      yield* emulator.expireTokens()
      assert.deepStrictEqual(yield* list, expected)
      const calls = (yield* emulator.journal).filter(({ endpoint }) => endpoint === "plugin")
      const ivs = calls.map(({ rawBody }) => (JSON.parse(rawBody!) as { readonly iv: string }).iv)
      assert.lengthOf(ivs, 3, "the one with the token that died was sealed anew")
      assert.strictEqual(new Set(ivs).size, 3)
    }).pipe(Effect.provide(signed(Signing)))
  )

  it.effect("over any HttpClient", () =>
    Effect.gen(function* () {
      for (const client of [FetchHttpClient.layer, NodeHttpClient.layer]) {
        assert.deepStrictEqual(yield* Effect.provide(list, overClient(client)), expected)
      }
    })
  )

  it.effect("a reply by the certificate that is being replaced is verified, with one warning", () => {
    const lines: Array<unknown> = []
    return Effect.gen(function* () {
      assert.deepStrictEqual(yield* list, expected)
      assert.deepStrictEqual(yield* list, expected)
      assert.lengthOf(lines, 1)
      assert.include(String(lines[0]), "WeChat is about to replace its certificate old")
    }).pipe(
      Effect.provide(withOptions({ wechatKey: { sn: "old", publicKey: pairs.deprecated.publicKey } })),
      Effect.provide(
        Logger.replace(
          Logger.defaultLogger,
          Logger.make(({ message }) => lines.push(message))
        )
      )
    )
  })

  it.effect("a reply that nobody signed, or somebody else, is an error and no data", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.raw({ status: 200, headers: {}, body: `{"errcode":0,"errmsg":"ok","plugin_list":[]}` }))
      const error = yield* Effect.flip(list)
      assert.deepInclude({ ...error }, { _tag: "WechatTransportError", reason: "signature", isRetryable: false })
      assert.include(error.message, "the reply cannot be trusted: it is not signed")
      yield* fault(Fault.raw({ status: 200, headers: {}, body: `{"errcode":89237,"errmsg":"already"}` }))
      const apply = PluginManager.applyPluginUnlessAdded({ pluginAppid: "wx-plugin" })
      assert.deepInclude({ ...(yield* Effect.flip(apply)) }, { reason: "signature" })
      yield* fault(Fault.raw({ status: 502, headers: {}, body: "<html>" }))
      assert.deepInclude({ ...(yield* Effect.flip(list)) }, { reason: "status", isRetryable: true })
      const elsewhere = withOptions({ wechatKey: { sn: "new", publicKey: pairs.deprecated.publicKey } })
      const forged = yield* Effect.flip(Effect.provide(list, elsewhere))
      assert.include(forged.message, "its signature is not that of WeChat's key")
    }).pipe(Effect.provide(signed(Signing)))
  )

  const unsigned = Emulator.layerFrom(({ appId, appSecret, url }) =>
    HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url })
  ).pipe(Layer.provide(Emulator.layer({ world })))

  it.effect("what WeChat refuses of it is the error of its errcode", () =>
    Effect.gen(function* () {
      const refusal = <E extends { readonly _tag: string }>(layer: Layer.Layer<Transport.Transport, E>) =>
        Effect.map(Effect.flip(Effect.provide(list, layer)), (error) => [
          error._tag,
          "errcode" in error && error.errcode
        ])
      assert.deepStrictEqual(yield* refusal(unsigned), ["SignatureMissing", 40233])
      assert.deepStrictEqual(yield* refusal(withOptions({ privateKey: Redacted.make(pairs.wechat.privateKey) })), [
        "SignatureRejected",
        40234
      ])
      assert.deepStrictEqual(
        yield* refusal(withOptions({ symmetricKey: { sn: "other", key: Redacted.make(symmetricKey.key) } })),
        ["SignatureRejected", 40235]
      )
      assert.deepStrictEqual(yield* refusal(withOptions({ appId: "wx-open" })), ["SignatureRejected", 40237])
    })
  )

  it.effect("the time of a call is that of the caller's Clock", () =>
    Effect.gen(function* () {
      const late = Effect.map(
        Effect.clock,
        (clock) => Object.create(clock, { currentTimeMillis: { value: Effect.succeed(-301_000) } }) as Clock.Clock
      )
      const error = yield* Effect.flip(Effect.withClock(list, yield* late))
      assert.deepInclude({ ...error }, { _tag: "SignatureRejected", errcode: 40240 })
    }).pipe(Effect.provide(signed(Signing)))
  )

  it.effect("options from Config", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* list, expected)
    }).pipe(
      Effect.provide(
        signed(
          RequestSigning.layerConfig({
            appId: Config.string("APPID"),
            symmetricKey: Config.all({ sn: Config.string("SN"), key: Config.redacted("KEY") }),
            privateKey: Config.redacted("PRIVATE"),
            wechatKey: Config.all({ sn: Config.string("PLATFORM_SN"), publicKey: Config.string("PLATFORM") })
          })
        )
      ),
      Effect.withConfigProvider(
        ConfigProvider.fromMap(
          new Map([
            ["APPID", appId],
            ["SN", symmetricKey.sn],
            ["KEY", symmetricKey.key],
            ["PRIVATE", pairs.app.privateKey],
            ["PLATFORM_SN", "new"],
            ["PLATFORM", pairs.wechat.publicKey]
          ])
        )
      )
    )
  )

  it.effect("no key is in an error, a span or what is printed", () =>
    Effect.gen(function* () {
      const otherKey = { sn: "other", key: options.symmetricKey.key }
      const refused = yield* recordSpans(Effect.provide(list, withOptions({ symmetricKey: otherKey })))
      const listed = yield* recordSpans(Effect.provide(list, signed(Signing)))
      const service = yield* Layer.build(Signing)
      const shown = [refused, listed].flatMap(({ exit, spans }) => [
        Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "",
        JSON.stringify([exit, spans.map(({ attributes }) => [...attributes])]),
        inspect([exit, spans, service], { depth: 12 })
      ])
      assert.isTrue(Exit.isFailure(refused.exit) && Exit.isSuccess(listed.exit))
      for (const secret of [symmetricKey.key, pairs.app.privateKey.slice(40, 80)]) {
        assert.notInclude(shown.join("\n"), secret)
      }
    }).pipe(Effect.scoped)
  )
})
