import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import { parseJson } from "../http/parseJson.js"
import type { Keys } from "./keys.js"

/** What a signature and an encryption are bound to. */
export interface Binding {
  /** the URL without its query */
  readonly urlpath: string
  /** seconds since 1970 */
  readonly timestamp: number
}

/** The body as it travels: each field in base64. */
interface Envelope {
  readonly iv: string
  readonly data: string
  readonly authtag: string
}

const pss = { name: "RSA-PSS", saltLength: 32 }

const tagLength = 16

const encoder = new TextEncoder()

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

const gcm = ({ appId, symmetricKey }: Keys, { timestamp, urlpath }: Binding, iv: Uint8Array<ArrayBuffer>) => ({
  name: "AES-GCM",
  iv,
  additionalData: encoder.encode([urlpath, appId, timestamp, symmetricKey.sn].join("|"))
})

const signedText = ({ appId }: Keys, { timestamp, urlpath }: Binding, body: string) =>
  encoder.encode([urlpath, appId, timestamp, body].join("\n"))

export const encrypt = Effect.fnUntraced(function* (
  keys: Keys,
  binding: Binding,
  plaintext: string,
  iv: Uint8Array<ArrayBuffer>
): Effect.fn.Return<Envelope> {
  const parameters = gcm(keys, binding, iv)
  const bytes = new Uint8Array(
    yield* Effect.promise(() => crypto.subtle.encrypt(parameters, keys.symmetricKey.key, encoder.encode(plaintext)))
  )
  return {
    iv: Encoding.encodeBase64(iv),
    data: Encoding.encodeBase64(bytes.subarray(0, -tagLength)),
    authtag: Encoding.encodeBase64(bytes.subarray(-tagLength))
  }
})

const sign = (keys: Keys, binding: Binding, body: string) =>
  Effect.map(
    Effect.promise(() => crypto.subtle.sign(pss, keys.privateKey, signedText(keys, binding, body))),
    (signature) => Encoding.encodeBase64(new Uint8Array(signature))
  )

/** Its length varies, as WeChat recommends, so that the length of the ciphertext does not tell that of the request. */
const nonce = () => {
  const bytes = random(25)
  return Encoding.encodeBase64(bytes.subarray(1)).slice(0, 16 + (bytes[0]! % 17))
}

/** A request's JSON, encrypted and signed. */
export const seal = Effect.fnUntraced(function* (keys: Keys, binding: Binding, json: string) {
  const security = { _n: nonce(), _appid: keys.appId, _timestamp: binding.timestamp }
  const plaintext = JSON.stringify({ ...security, ...JSON.parse(json) })
  const body = JSON.stringify(yield* encrypt(keys, binding, plaintext, random(12)))
  const headers = {
    "wechatmp-appid": keys.appId,
    "wechatmp-timestamp": String(binding.timestamp),
    "wechatmp-signature": yield* sign(keys, binding, body)
  }
  return { body, headers }
})

/** Whether WeChat signed that body. */
export const isSigned = (keys: Keys, binding: Binding, body: string, signature: string): Effect.Effect<boolean> =>
  Either.match(Encoding.decodeBase64(signature), {
    onLeft: () => Effect.succeed(false),
    onRight: (bytes) =>
      Effect.promise(() =>
        crypto.subtle.verify(pss, keys.wechatKey.publicKey, new Uint8Array(bytes), signedText(keys, binding, body))
      )
  })

const envelopeOf = (body: string): Either.Either<{ readonly [Field in keyof Envelope]: Uint8Array }, unknown> =>
  Either.flatMap(parseJson(body), (json) => {
    const { authtag, data, iv }: { readonly [Field in keyof Envelope]?: unknown } = Object(json)
    return Either.all({
      iv: Encoding.decodeBase64(String(iv)),
      data: Encoding.decodeBase64(String(data)),
      authtag: Encoding.decodeBase64(String(authtag))
    })
  })

/** Decrypts a body, or says why it cannot. */
export const decrypt = Effect.fnUntraced(function* (keys: Keys, binding: Binding, body: string) {
  const cannot = () => "it cannot be decrypted"
  const { authtag, data, iv } = yield* Either.mapLeft(envelopeOf(body), cannot)
  const bytes = new Uint8Array(data.length + authtag.length)
  bytes.set(data)
  bytes.set(authtag, data.length)
  const plaintext = yield* Effect.tryPromise({
    try: () => crypto.subtle.decrypt(gcm(keys, binding, new Uint8Array(iv)), keys.symmetricKey.key, bytes),
    catch: cannot
  })
  return new TextDecoder().decode(plaintext)
})
