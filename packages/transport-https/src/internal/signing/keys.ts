import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import * as Redacted from "effect/Redacted"
import { InvalidSigningKey, type SigningKeys } from "../../SigningKeys.js"

type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

export interface Keys {
  readonly appId: string
  readonly symmetricKey: { readonly sn: string; readonly key: CryptoKey }
  readonly privateKey: CryptoKey
  readonly wechatKey: { readonly sn: string; readonly publicKey: CryptoKey }
}

const invalid = (option: InvalidSigningKey["option"], zh: string, en: string) =>
  new InvalidSigningKey({ option, hint: { zh, en } })

/** The other formats that a key may have, by the label of its PEM, and the command that converts it. */
const conversions: Readonly<Record<string, string>> = {
  "RSA PRIVATE KEY": "openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem",
  "ENCRYPTED PRIVATE KEY": "openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem",
  CERTIFICATE: "openssl x509 -in certificate.pem -pubkey -noout -out public.pem",
  "RSA PUBLIC KEY": "openssl rsa -RSAPublicKey_in -in key.pem -pubout -out public.pem"
}

/** The DER of 1.2.156.10197.1.301, the curve of SM2. */
const sm2 = "06082a811ccf5501822d"

const decodePem = (
  option: "privateKey" | "wechatKey",
  label: string,
  pem: string
): Either.Either<Uint8Array<ArrayBuffer>, InvalidSigningKey> => {
  const [, found = "", base64 = ""] = /-----BEGIN ([A-Z0-9 ]+)-----([^]*?)-----END \1-----/.exec(pem) ?? []
  // environment variables often have a line break as the two characters \n
  const der = Encoding.decodeBase64(base64.replace(/\\[rn]|\s/g, ""))
  if (Either.isRight(der) && Encoding.encodeHex(der.right).includes(sm2)) {
    return Either.left(
      invalid(
        option,
        "不支持 SM2withSM3：请在微信公众平台改用 RSAwithSHA256。",
        "SM2withSM3 is not supported: choose RSAwithSHA256 in WeChat's admin console"
      )
    )
  }
  const command = conversions[found]
  if (command !== undefined) {
    return Either.left(
      invalid(
        option,
        `这是 ${found}，需要 ${label}，请转换：${command}`,
        `it begins with -----BEGIN ${found}-----, convert it: ${command}`
      )
    )
  }
  const expected = `-----BEGIN ${label}-----`
  return found === label && Either.isRight(der)
    ? Either.right(new Uint8Array(der.right))
    : Either.left(invalid(option, `需要以 ${expected} 开头的 PEM。`, `a PEM that begins with ${expected} is needed`))
}

const algorithm = { name: "RSA-PSS", hash: "SHA-256" }

const importRsa = Effect.fnUntraced(function* (
  option: "privateKey" | "wechatKey",
  format: "pkcs8" | "spki",
  der: Uint8Array<ArrayBuffer>
) {
  const noRsa = invalid(option, "需要至少 2048 位的 RSA 密钥。", "an RSA key of 2048 bits or more is needed")
  const key = yield* Effect.tryPromise({
    try: () => crypto.subtle.importKey(format, der, algorithm, false, [format === "pkcs8" ? "sign" : "verify"]),
    catch: () => noRsa
  })
  const { modulusLength } = key.algorithm as typeof key.algorithm & { readonly modulusLength: number }
  return modulusLength < 2048 ? yield* noRsa : key
})

const importSymmetric = Effect.fnUntraced(function* (base64: Redacted.Redacted<string>) {
  const bytes = Either.getOrElse(Encoding.decodeBase64(Redacted.value(base64)), () => new Uint8Array())
  if (bytes.length === 16) {
    return yield* invalid(
      "symmetricKey",
      "不支持 SM4_GCM（16 字节的密钥）：请在微信公众平台改用 AES256_GCM。",
      "SM4_GCM (a key of 16 bytes) is not supported: choose AES256_GCM in WeChat's admin console"
    )
  }
  if (bytes.length !== 32) {
    return yield* invalid(
      "symmetricKey",
      "应为 32 字节的 base64（44 个字符）。",
      "32 bytes in base64 (44 characters) are needed"
    )
  }
  return yield* Effect.promise(() =>
    crypto.subtle.importKey("raw", new Uint8Array(bytes), "AES-GCM", false, ["encrypt", "decrypt"])
  )
})

export const importKeys = Effect.fnUntraced(function* ({
  appId,
  wechatKey,
  privateKey,
  symmetricKey
}: SigningKeys): Effect.fn.Return<Keys, InvalidSigningKey> {
  const pkcs8 = yield* decodePem("privateKey", "PRIVATE KEY", Redacted.value(privateKey))
  const spki = yield* decodePem("wechatKey", "PUBLIC KEY", wechatKey.publicKey)
  return {
    appId,
    symmetricKey: { sn: symmetricKey.sn, key: yield* importSymmetric(symmetricKey.key) },
    privateKey: yield* importRsa("privateKey", "pkcs8", pkcs8),
    wechatKey: { sn: wechatKey.sn, publicKey: yield* importRsa("wechatKey", "spki", spki) }
  }
})
