import * as Crypto from "node:crypto"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { ApiSecurity } from "../domain/schema.js"
import * as Json from "../http/json.js"

/** What ciphertext and signature hold on to, besides what they are of. */
export interface Circumstances {
  readonly urlpath: string
  readonly appid: string
  /** seconds, as the header has them */
  readonly timestamp: string
}

const cipher = "aes-256-gcm"

const padding = { padding: Crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

const associatedData = ({ appid, timestamp, urlpath }: Circumstances, sn: string) =>
  Buffer.from(`${urlpath}|${appid}|${timestamp}|${sn}`)

const toBeSigned = ({ appid, timestamp, urlpath }: Circumstances, body: string) =>
  Buffer.from(`${urlpath}\n${appid}\n${timestamp}\n${body}`)

const fromBase64 = (value: unknown): Buffer => Buffer.from(typeof value === "string" ? value : "", "base64")

/** Whether the holder of the mini program's private key signed that body. A public key that is none has signed nothing. */
export const isSignedBy = (publicKey: string, circumstances: Circumstances, body: string, signature: string): boolean =>
  Either.getOrElse(
    Either.try(() =>
      Crypto.verify(
        "sha256",
        toBeSigned(circumstances, body),
        { key: publicKey, ...padding },
        Buffer.from(signature, "base64")
      )
    ),
    () => false
  )

type SymmetricKey = NonNullable<ApiSecurity["symmetricKey"]>

/** The JSON that was encrypted; none when this is not the key, or something was changed on the way. */
export const decrypt = (
  { key, sn }: SymmetricKey,
  circumstances: Circumstances,
  body: string
): Option.Option<Json.JsonObject> =>
  Json.parseObject(body).pipe(
    Option.flatMap(
      Option.liftThrowable(({ authtag, data, iv }: Json.JsonObject) => {
        const options = { authTagLength: 16 }
        const decipher = Crypto.createDecipheriv(cipher, fromBase64(Redacted.value(key)), fromBase64(iv), options)
          .setAAD(associatedData(circumstances, sn))
          .setAuthTag(fromBase64(authtag))
        return Buffer.concat([decipher.update(fromBase64(data)), decipher.final()]).toString("utf8")
      })
    ),
    Option.flatMap(Json.parseObject)
  )

export const encrypt = ({ key, sn }: SymmetricKey, circumstances: Circumstances, plaintext: string): string => {
  const iv = Crypto.randomBytes(12)
  const encipher = Crypto.createCipheriv(cipher, fromBase64(Redacted.value(key)), iv).setAAD(
    associatedData(circumstances, sn)
  )
  const data = Buffer.concat([encipher.update(plaintext, "utf8"), encipher.final()]).toString("base64")
  return JSON.stringify({ iv: iv.toString("base64"), data, authtag: encipher.getAuthTag().toString("base64") })
}

export const sign = (privateKey: Redacted.Redacted<string>, circumstances: Circumstances, body: string): string =>
  Crypto.sign("sha256", toBeSigned(circumstances, body), { key: Redacted.value(privateKey), ...padding }).toString(
    "base64"
  )

export const nonce = (): string => Crypto.randomBytes(16).toString("base64").replace(/=+$/, "")
