import type * as SigningKeys from "@effect-wechat/transport-https/SigningKeys"
import { Emulator, World } from "@effect-wechat/emulator"
import type { Plugin } from "@effect-wechat/plugin-manager"
import { HttpsTransport } from "@effect-wechat/transport-https"
import * as RequestSigning from "@effect-wechat/transport-https/RequestSigning"
import type { HttpClient } from "@effect/platform"
import { Layer, Redacted } from "effect"
import { generateKeyPairSync } from "node:crypto"

const rsa = (modulusLength = 2048) =>
  generateKeyPairSync("rsa", {
    modulusLength,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" }
  })

/** The mini program's pair, WeChat's, and the one that WeChat had before. */
export const pairs = { app: rsa(), wechat: rsa(), deprecated: rsa(), short: rsa(1024) }

export const appId = "wx00000000000000a1"

export const symmetricKey = {
  sn: "fa05fe1e5bcc79b81ad5ad4b58acf787",
  key: "otUpngOjU+nVQaWJIC3D/yMLV17RKaP6t4Ot9tbnzLY="
}

export const options: SigningKeys.SigningKeys = {
  appId,
  symmetricKey: { sn: symmetricKey.sn, key: Redacted.make(symmetricKey.key) },
  privateKey: Redacted.make(pairs.app.privateKey),
  wechatKey: { sn: "new", publicKey: pairs.wechat.publicKey }
}

const apiSecurity = {
  symmetricKey,
  publicKey: pairs.app.publicKey,
  wechatKey: { sn: "new", privateKey: pairs.wechat.privateKey },
  deprecatedWechatKey: { sn: "old", privateKey: pairs.deprecated.privateKey }
}

/** A WeChat whose first mini program has API security on, and the second has not. */
export const world = World.make({
  miniPrograms: [{ appid: appId, apiSecurity }, { appid: "wx-open" }],
  plugins: [{ appid: "wx-plugin", nickname: "插件 \u{1f5fa}" }],
  applications: [{ applicant: appId, plugin: "wx-plugin", status: 2 }]
})

/** The transport over the emulator that is there, with whatever `Signing` provides. */
export const signed = <E>(signing: Layer.Layer<RequestSigning.RequestSigning, E>) =>
  Emulator.layerFrom(({ appId, appSecret, url }) => HttpsTransport.layerFetch({ appId, appSecret, baseUrl: url })).pipe(
    Layer.provide(signing),
    Layer.provideMerge(Emulator.layer({ world }))
  )

/** What is listed there. */
export const expected: ReadonlyArray<Plugin.Plugin> = [
  {
    appid: "wx-plugin",
    status: "approved",
    nickname: "插件 \u{1f5fa}",
    headimgurl: "http://wx.qlogo.cn/mmhead/emulator-plugin/0"
  }
]

export const Signing = RequestSigning.layer(options)

/** The transport with signed calls over that client. */
export const overClient = <E, R>(client: Layer.Layer<HttpClient.HttpClient, E, R>) =>
  Emulator.layerFrom(({ appId, appSecret, url }) => HttpsTransport.layer({ appId, appSecret, baseUrl: url })).pipe(
    Layer.provide([Signing, client]),
    Layer.provideMerge(Emulator.layer({ world }))
  )
