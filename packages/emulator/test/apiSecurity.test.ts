import { Emulator, Fault, World } from "@effect-wechat/emulator"
import * as EmulatorClient from "@effect-wechat/emulator/EmulatorClient"
import { FetchHttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted, TestClock } from "effect"
import * as Crypto from "node:crypto"
import { decrypt, isSignedBy } from "../src/internal/security/sealing.js"
import { errcode, type HttpReply, json, request } from "./support.js"

const rsa = () =>
  Crypto.generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" }
  })

const [app, wechat, former] = [rsa(), rsa(), rsa()]
const key = Crypto.randomBytes(32)
const symmetricKey = { sn: "key-1", key: key.toString("base64") }
const apiSecurity = {
  symmetricKey,
  publicKey: app.publicKey,
  wechatKey: { sn: "wechat-2", privateKey: wechat.privateKey },
  deprecatedWechatKey: { sn: "wechat-1", privateKey: former.privateKey }
}

const { symmetricKey: _, ...noSymmetricKey } = apiSecurity
const { publicKey: __, ...noPublicKey } = apiSecurity

const worldWith = (security: NonNullable<World.Seed["miniPrograms"][0]["apiSecurity"]> | undefined) =>
  World.make({
    miniPrograms: [{ appid: "wx1", ...(security === undefined ? {} : { apiSecurity: security }) }, { appid: "wx2" }],
    plugins: [{ appid: "wx-plugin", nickname: "插件" }],
    applications: [{ applicant: "wx1", plugin: "wx-plugin" }]
  })

const pss = { padding: Crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

/** Sends a sealed call, written from WeChat's guide. `change` alters one part of it. */
const call = (
  change: {
    readonly scheme?: string
    readonly path?: string
    readonly timestamp?: number
    readonly inner?: object
    readonly sn?: string
    readonly privateKey?: string
    readonly headers?: Readonly<Record<string, string | undefined>>
    readonly body?: (body: string) => string
  } = {}
): Effect.Effect<HttpReply, Error, Emulator.Emulator> =>
  Effect.gen(function* () {
    const { issueToken, url } = yield* Emulator.Emulator
    const { path = "/wxa/plugin", scheme = "http", timestamp = 0 } = change
    const urlpath = `${scheme}://${url.host}${path}`
    const iv = Crypto.randomBytes(12)
    const cipher = Crypto.createCipheriv("aes-256-gcm", key, iv)
    cipher.setAAD(Buffer.from(`${urlpath}|wx1|${timestamp}|${change.sn ?? "key-1"}`))
    const plaintext = {
      _n: "o89QaPVsRu1yppIZzvSZc4",
      _appid: "wx1",
      _timestamp: timestamp,
      action: "list",
      ...change.inner
    }
    const data = Buffer.concat([cipher.update(JSON.stringify(plaintext)), cipher.final()])
    const body = JSON.stringify({
      iv: iv.toString("base64"),
      data: data.toString("base64"),
      authtag: cipher.getAuthTag().toString("base64")
    })
    const signature = Crypto.sign("sha256", Buffer.from(`${urlpath}\nwx1\n${timestamp}\n${body}`), {
      key: change.privateKey ?? app.privateKey,
      ...pss
    }).toString("base64")
    const headers = {
      "Wechatmp-Appid": "wx1",
      "Wechatmp-TimeStamp": String(timestamp),
      "Wechatmp-Signature": signature,
      ...change.headers
    }
    const sent = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]]
    )
    return yield* request(`${path}?access_token=${Redacted.value(yield* issueToken)}`, {
      headers: sent,
      body: change.body === undefined ? body : change.body(body)
    })
  })

/** Verifies a reply with that key and decrypts it. */
const open = (reply: HttpReply, publicKey: string, { path = "/wxa/plugin", scheme = "http", which = "" } = {}) =>
  Effect.map(Emulator.Emulator, ({ url }) => {
    const urlpath = `${scheme}://${url.host}${path}`
    const timestamp = reply.headers.get("wechatmp-timestamp")
    const isSigned = Crypto.verify(
      "sha256",
      Buffer.from(`${urlpath}\n${reply.headers.get("wechatmp-appid")}\n${timestamp}\n${reply.text}`),
      { key: publicKey, ...pss },
      Buffer.from(reply.headers.get(`wechatmp-signature${which}`) ?? "", "base64")
    )
    const { authtag, data, iv } = json(reply) as { authtag: string; data: string; iv: string }
    const decipher = Crypto.createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64"))
      .setAAD(Buffer.from(`${urlpath}|wx1|${timestamp}|key-1`))
      .setAuthTag(Buffer.from(authtag, "base64"))
    const text = Buffer.concat([decipher.update(Buffer.from(data, "base64")), decipher.final()]).toString()
    const { _n, ...fields } = JSON.parse(text) as Record<string, unknown>
    return { isSigned, nonce: _n, fields }
  })

const item = {
  appid: "wx-plugin",
  status: 1,
  nickname: "插件",
  headimgurl: "http://wx.qlogo.cn/mmhead/emulator-plugin/0"
}

describe("API security", () => {
  it.effect("performs a sealed call, and encrypts and signs its reply with both keys", () =>
    Effect.gen(function* () {
      yield* TestClock.adjust("10 seconds")
      const reply = yield* call({ timestamp: 9 })
      const { fields, isSigned, nonce } = yield* open(reply, wechat.publicKey)
      assert.isTrue(isSigned)
      assert.deepStrictEqual(fields, { _appid: "wx1", _timestamp: 10, errcode: 0, errmsg: "ok", plugin_list: [item] })
      assert.match(String(nonce), /^[\w+/]{22}$/)
      assert.strictEqual(reply.headers.get("wechatmp-serial"), "wechat-2")
      assert.strictEqual(reply.headers.get("wechatmp-serial-deprecated"), "wechat-1")
      assert.isTrue((yield* open(reply, former.publicKey, { which: "-deprecated" })).isSigned)
      const [entry] = yield* (yield* Emulator.Emulator).journal
      assert.deepStrictEqual(entry?.body, { action: "list" })
      assert.hasAllKeys(JSON.parse(entry?.rawBody ?? ""), ["iv", "data", "authtag"])
    }).pipe(Effect.provide(Emulator.layer({ world: worldWith(apiSecurity) })))
  )

  it.effect("is for getPluginOpenPId too", () =>
    Effect.gen(function* () {
      const path = "/wxa/getpluginopenpid"
      const sealed = yield* open(yield* call({ path, inner: { code: "unknown" } }), wechat.publicKey, { path })
      assert.isTrue(sealed.isSigned)
      assert.deepInclude(sealed.fields, { _appid: "wx1", errcode: 1007 })
      const { issueToken } = yield* Emulator.Emulator
      const plain = yield* request(`${path}?access_token=${Redacted.value(yield* issueToken)}`, { body: "{}" })
      assert.strictEqual(errcode(plain), 40233)
    }).pipe(Effect.provide(Emulator.layer({ world: worldWith(apiSecurity) })))
  )

  it.effect("accepts and signs https, as a client behind a TLS proxy does", () =>
    Effect.gen(function* () {
      const reply = yield* call({ scheme: "https" })
      const { fields, isSigned } = yield* open(reply, wechat.publicKey, { scheme: "https" })
      assert.isTrue(isSigned)
      assert.deepInclude(fields, { errcode: 0, plugin_list: [item] })
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(89237))
      const ordered = yield* open(yield* call({ scheme: "https" }), wechat.publicKey, { scheme: "https" })
      assert.deepInclude(ordered.fields, { errcode: 89237 })
    }).pipe(Effect.provide(Emulator.layer({ world: worldWith(apiSecurity) })))
  )

  it.effect("seals an ordered errcode or body, and sends a raw reply unchanged", () =>
    Effect.gen(function* () {
      const { fault } = yield* Emulator.Emulator
      yield* fault(Fault.errcode(89237))
      assert.deepInclude((yield* open(yield* call(), wechat.publicKey)).fields, { errcode: 89237 })
      yield* fault(Fault.body(`{"errcode":0,"plugin_list":null}`))
      assert.deepInclude((yield* open(yield* call(), wechat.publicKey)).fields, { plugin_list: null })
      yield* fault(Fault.raw({ status: 200, headers: {}, body: "{}" }))
      assert.strictEqual((yield* call()).text, "{}")
    }).pipe(Effect.provide(Emulator.layer({ world: worldWith(apiSecurity) })))
  )

  it.effect("refuses a call that is not sealed correctly, with an unsigned reply", () =>
    Effect.gen(function* () {
      for (const [expected, change] of [
        [40233, { headers: { "Wechatmp-Appid": undefined } }],
        [40231, { headers: { "Wechatmp-TimeStamp": undefined } }],
        [40232, { headers: { "Wechatmp-Signature": undefined } }],
        [40236, { headers: { "Wechatmp-Appid": "wx3" } }],
        [40237, { headers: { "Wechatmp-Appid": "wx2" } }],
        [40234, { privateKey: wechat.privateKey }],
        [40234, { headers: { "Wechatmp-TimeStamp": "1" } }],
        [40234, { scheme: "ftp" }],
        [40234, { body: (body: string) => `${body} ` }],
        [40240, { timestamp: 301 }],
        [40240, { timestamp: -301 }],
        [40235, { sn: "key-2" }],
        [40235, { inner: { _appid: "wx2" } }],
        [40235, { inner: { _timestamp: 1 } }],
        [40235, { inner: { _n: 1 } }]
      ] as const) {
        const reply = yield* call(change)
        assert.strictEqual(errcode(reply), expected, JSON.stringify(change))
        assert.isNull(reply.headers.get("wechatmp-signature"))
      }
      for (const timestamp of [300, -300]) {
        assert.isTrue((yield* open(yield* call({ timestamp }), wechat.publicKey)).isSigned)
      }
    }).pipe(Effect.provide(Emulator.layer({ world: worldWith(apiSecurity) })))
  )

  it.effect("refuses a sealed call if a key is missing or invalid", () =>
    Effect.gen(function* () {
      for (const [security, expected] of [
        [noPublicKey, 40239],
        [{ ...apiSecurity, publicKey: "no PEM" }, 40234],
        [noSymmetricKey, 40238],
        [undefined, 40239]
      ] as const) {
        const reply = yield* Effect.provide(call(), Emulator.layer({ world: worldWith(security) }))
        assert.strictEqual(errcode(reply), expected)
      }
    })
  )

  it.effect("refuses a wrong token first, and does not affect other mini programs", () =>
    Effect.gen(function* () {
      const body = `{"action":"list"}`
      assert.strictEqual(errcode(yield* request("/wxa/plugin?access_token=nonsense", { body })), 40001)
      const { appSecret } = yield* (yield* Emulator.Emulator).miniProgram("wx2")
      const claim = { grant_type: "client_credential", appid: "wx2", secret: Redacted.value(appSecret) }
      const token = json(yield* request("/cgi-bin/stable_token", { body: JSON.stringify(claim) })) as {
        access_token: string
      }
      assert.strictEqual(errcode(yield* request(`/wxa/plugin?access_token=${token.access_token}`, { body })), 0)
    }).pipe(Effect.provide(Emulator.layer({ world: worldWith(apiSecurity) })))
  )

  it.effect("accepts keys over the control API", () =>
    Effect.gen(function* () {
      const { url } = yield* Emulator.Emulator
      const remote = Layer.provide(EmulatorClient.layer({ url }), FetchHttpClient.layer)
      yield* Effect.flatMap(Emulator.Emulator, ({ seed }) => seed(worldWith(apiSecurity))).pipe(Effect.provide(remote))
      assert.isTrue((yield* open(yield* call(), wechat.publicKey)).isSigned)
    }).pipe(Effect.provide(Emulator.layer({ world: worldWith(undefined) })))
  )

  it("verifies and decrypts the sample of WeChat's guide", () => {
    const publicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3FoQOmOl5/CF5hF7ta4E
zCy2LaU3Eu2k9DBwQ73J82I53Sx9LAgM1DH3IsYohRRx/BESfbdDI2powvr6QYKV
IC+4Yavwg7gzhZRxWWmT1HruEADCZAgkUCu+9Il/9FPuitPSoIpBd07NqdkkRe82
NBOfrKTdhge/5zd457fl7J81Q5VTIxO8vvq7FSw7k6Jtv+eOjR6SZOWbbUO7f9r4
UuUkXmvdGv21qiqtaO1EMw4tUCELzY73M7NpCH3RorlommYX3P6q0VrkDHrCE0/Q
MhmHsF+46E+IRcJ3wtEj3p/mO1VoCpEhawC1U728ZUTwWNEii8hPEhcNAZTKaQMa
TQIDAQAB
-----END PUBLIC KEY-----`
    const binding = {
      urlpath: "https://api.weixin.qq.com/wxa/getuserriskrank",
      appid: "wxba6223c06417af7b",
      timestamp: "1635927954"
    }
    const body =
      '{"iv":"fmW/zNxXlytUZBgj","data":"0IDVdrPtSPF/Oe2CTXCV2vVNPbVJdJlP2WaTMQnoYLh5iCrrSNfQFh25EnStDMf0hLlVNBCZQtf9NaV0m4aRA4AAYIO7oR/Ge+4yY4EmZp5EVPB42xjScgMx5X3D4VdLCfynXIUKUtZHZvk1zmLVE3RauzJgiM1BB1CPmwcENo3MTJ0z8Vfkf5tMv54kOXobDLlV5rfqKdAX7gM/rP82DgZdt9vvZX44ipdbHIjJvw83ZXAFtvftdVw2Qd8=","authtag":"5qeM/2vZv+6KtScN94IpMg=="}'
    const signature =
      "wcSSWHZunjz9VKl9q+If9deiyECXDAELfAJNZ4+5T+NhFr8zfhkwdQtlgQ7nN5xs99R57La9UjBTRBGge2KYyshWtw7HIMPAqWNsnpHvx0b2f7s6Bt7OpfOQLlIfNgepgTVmUwrqW8/7A12szj7tCe/bRFilwnaX6N0w4duHlfL7ic7IIZXouvy9dLRAa5GtEk1eD/LPWRiKh0SvJ3znPY/pSiQW9zSkXVdj9UGGM8qcKLzPGJ7gSmt3ZOPkFapk9wqFmhJwQj//xN5+hUlr2UiNPMNSHve5Y2ADLsNHqk5t7RfAZ8nW9/8lzhVt4t+toy1FeehxCGIC8qgmjIl1hg=="
    const key = {
      sn: "fa05fe1e5bcc79b81ad5ad4b58acf787",
      key: Redacted.make("otUpngOjU+nVQaWJIC3D/yMLV17RKaP6t4Ot9tbnzLY=")
    }
    assert.isTrue(isSignedBy(publicKey, binding, body, signature))
    assert.isFalse(isSignedBy(publicKey, { ...binding, timestamp: "1635927955" }, body, signature))
    assert.deepStrictEqual(
      decrypt(key, binding, body),
      Option.some({
        _n: "o89QaPVsRu1yppIZzvSZc4",
        _appid: "wxba6223c06417af7b",
        _timestamp: 1635927954,
        appid: "wxba6223c06417af7b",
        openid: "oEWzBfmdLqhFS2mTXCo2E4Y9gJAM",
        scene: 0,
        client_ip: "127.0.0.1"
      })
    )
  })
})
