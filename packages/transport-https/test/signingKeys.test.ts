import type * as SigningKeys from "@effect-wechat/transport-https/SigningKeys"
import * as RequestSigning from "@effect-wechat/transport-https/RequestSigning"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Layer, Redacted } from "effect"
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto"
import { inspect } from "node:util"
import { options, pairs } from "@effect-wechat/test-support/signing"

describe("the keys of RequestSigning", () => {
  const privateKey = createPrivateKey(pairs.app.privateKey)
  const publicKey = createPublicKey(pairs.wechat.publicKey)
  const ec = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" }
  })
  const sm2 = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEO4iWriIOarEqo50nETckdpjak0c7
5/o8NLTFp1kt3uJkRQ9bpbkUo9ljBMNTK+YRiHNZ//B47Ww8g4I6NlQnBg==
-----END PUBLIC KEY-----`
  const aPrivateKey = (pem: string): Partial<SigningKeys.SigningKeys> => ({ privateKey: Redacted.make(pem) })
  const aPlatformKey = (publicKey: string): Partial<SigningKeys.SigningKeys> => ({
    wechatKey: { sn: "new", publicKey }
  })
  const aSymmetricKey = (key: string) => ({ symmetricKey: { sn: "", key: Redacted.make(key) } })
  const pkcs1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString()
  const encrypted = privateKey
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
    .toString()

  for (const [what, other, option, advice] of [
    [
      "PKCS#1",
      aPrivateKey(pkcs1),
      "privateKey",
      "-----BEGIN RSA PRIVATE KEY-----, convert it: openssl pkcs8 -topk8 -nocrypt "
    ],
    [
      "encrypted",
      aPrivateKey(encrypted),
      "privateKey",
      "-----BEGIN ENCRYPTED PRIVATE KEY-----, convert it: openssl pkcs8 -topk8 -nocrypt "
    ],
    ["the public one", aPrivateKey(pairs.app.publicKey), "privateKey", "begins with -----BEGIN PRIVATE KEY-----"],
    ["no PEM", aPrivateKey("secret"), "privateKey", "begins with -----BEGIN PRIVATE KEY-----"],
    ["of 1024 bits", aPrivateKey(pairs.short.privateKey), "privateKey", "an RSA key of 2048 bits or more"],
    ["of an elliptic curve", aPrivateKey(ec.privateKey), "privateKey", "an RSA key of 2048 bits or more"],
    [
      "a certificate",
      aPlatformKey("-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----"),
      "wechatKey",
      "-----BEGIN CERTIFICATE-----, convert it: openssl x509 "
    ],
    [
      "PKCS#1",
      aPlatformKey(publicKey.export({ type: "pkcs1", format: "pem" }).toString()),
      "wechatKey",
      "-----BEGIN RSA PUBLIC KEY-----, convert it: openssl rsa -RSAPublicKey_in "
    ],
    ["SM2", aPlatformKey(sm2), "wechatKey", "SM2withSM3 is not supported: choose RSAwithSHA256"],
    [
      "SM4",
      aSymmetricKey("AAAAAAAAAAAAAAAAAAAAAA=="),
      "symmetricKey",
      "SM4_GCM (a key of 16 bytes) is not supported: choose AES256_GCM"
    ],
    ["too short", aSymmetricKey("AAAA"), "symmetricKey", "32 bytes in base64"],
    ["no base64", aSymmetricKey("a secret!"), "symmetricKey", "32 bytes in base64"]
  ] as const) {
    it.effect(`${option} that is ${what} is refused with what to do`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(Layer.build(RequestSigning.layer({ ...options, ...other })))
        assert.strictEqual(error._tag, "InvalidSigningKey")
        assert.strictEqual(error.option, option)
        assert.include(error.message, advice)
        assert.match(error.hint.zh, /[\u4e00-\u9fff]/)
      }).pipe(Effect.scoped)
    )
  }

  for (const [how, written] of [
    ["of Windows", (pem: string) => pem.replaceAll("\n", "\r\n")],
    ["escaped in the environment", (pem: string) => pem.replaceAll("\n", "\\n")],
    ["escaped on Windows", (pem: string) => pem.replaceAll("\n", "\\r\\n")],
    ["after what openssl says of it", (pem: string) => `Bag Attributes\n    friendlyName: app\n${pem}`]
  ] as const) {
    it.effect(`a PEM is read with the line breaks or the text ${how}`, () =>
      Layer.build(
        RequestSigning.layer({
          ...options,
          ...aPrivateKey(written(pairs.app.privateKey)),
          ...aPlatformKey(written(pairs.wechat.publicKey))
        })
      ).pipe(Effect.scoped)
    )
  }

  it.effect("a key that is refused is not in the error", () =>
    Effect.gen(function* () {
      for (const other of [aPrivateKey(pkcs1), aPrivateKey(pairs.short.privateKey), aSymmetricKey("a secret!")]) {
        const cause = yield* Effect.flip(Effect.sandbox(Layer.build(RequestSigning.layer({ ...options, ...other }))))
        const shown = Cause.pretty(cause) + inspect(cause, { depth: 12 }) + JSON.stringify(cause)
        for (const secret of [pkcs1.slice(40, 80), pairs.short.privateKey.slice(40, 80), "a secret!"]) {
          assert.notInclude(shown, secret)
        }
      }
    }).pipe(Effect.scoped)
  )
})
