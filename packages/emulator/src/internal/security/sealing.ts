import * as Crypto from "node:crypto"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { ApiSecurity } from "../../World.js"
import * as Json from "../http/json.js"

/** The values that bind a ciphertext or a signature to one call. */
export interface Binding {
  readonly urlpath: string
  readonly appid: string
  /** In seconds, as in the header. */
  readonly timestamp: string
}

const cipher = "aes-256-gcm"

const padding = { padding: Crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

const associatedData = ({ appid, timestamp, urlpath }: Binding, sn: string) =>
  Buffer.from(`${urlpath}|${appid}|${timestamp}|${sn}`)

const toBeSigned = ({ appid, timestamp, urlpath }: Binding, body: string) =>
  Buffer.from(`${urlpath}\n${appid}\n${timestamp}\n${body}`)

const fromBase64 = (value: unknown): Buffer => Buffer.from(typeof value === "string" ? value : "", "base64")

/** Verifies the mini program's signature of a body. An invalid public key verifies nothing: false. */
export const isSignedBy = (publicKey: string, binding: Binding, body: string, signature: string): boolean =>
  Either.getOrElse(
    Either.try(() =>
      Crypto.verify(
        "sha256",
        toBeSigned(binding, body),
        { key: publicKey, ...padding },
        Buffer.from(signature, "base64")
      )
    ),
    () => false
  )

type SymmetricKey = NonNullable<ApiSecurity["symmetricKey"]>

/** The decrypted JSON; none if the key is wrong or the ciphertext was changed. */
export const decrypt = ({ key, sn }: SymmetricKey, binding: Binding, body: string): Option.Option<Json.JsonObject> =>
  Json.parseObject(body).pipe(
    Option.flatMap(
      Option.liftThrowable(({ authtag, data, iv }: Json.JsonObject) => {
        const options = { authTagLength: 16 }
        const decipher = Crypto.createDecipheriv(cipher, fromBase64(Redacted.value(key)), fromBase64(iv), options)
          .setAAD(associatedData(binding, sn))
          .setAuthTag(fromBase64(authtag))
        return Buffer.concat([decipher.update(fromBase64(data)), decipher.final()]).toString("utf8")
      })
    ),
    Option.flatMap(Json.parseObject)
  )

export const encrypt = ({ key, sn }: SymmetricKey, binding: Binding, plaintext: string): string => {
  const iv = Crypto.randomBytes(12)
  const encipher = Crypto.createCipheriv(cipher, fromBase64(Redacted.value(key)), iv).setAAD(
    associatedData(binding, sn)
  )
  const data = Buffer.concat([encipher.update(plaintext, "utf8"), encipher.final()]).toString("base64")
  return JSON.stringify({ iv: iv.toString("base64"), data, authtag: encipher.getAuthTag().toString("base64") })
}

export const sign = (privateKey: Redacted.Redacted<string>, binding: Binding, body: string): string =>
  Crypto.sign("sha256", toBeSigned(binding, body), { key: Redacted.value(privateKey), ...padding }).toString("base64")

export const nonce = (): string => Crypto.randomBytes(16).toString("base64").replace(/=+$/, "")
