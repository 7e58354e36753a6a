import { make as invalidOption, type InvalidOptions } from "@effect-wechat/plugin-manager/InvalidOptions"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import * as Redacted from "effect/Redacted"

export interface PushKey {
  readonly key: Awaited<ReturnType<typeof crypto.subtle.importKey>>
  readonly iv: Uint8Array<ArrayBuffer>
}

const length = /^[A-Za-z0-9+/]{43}$/

/** An `EncodingAESKey` of WeChat's admin console: 43 characters of base64. */
export const importKey = (option: string, text: Redacted.Redacted<string>): Effect.Effect<PushKey, InvalidOptions> => {
  const value = Redacted.value(text)
  const decoded = length.test(value) ? Encoding.decodeBase64(`${value}=`) : Either.left(undefined)
  if (Either.isLeft(decoded)) {
    const zh = "必须是微信开放平台上的消息加解密 Key：43 个字母、数字。"
    return Effect.fail(
      invalidOption(option, zh, "It must be the EncodingAESKey of the platform: 43 letters and digits.")
    )
  }
  const bytes = new Uint8Array(decoded.right)
  return Effect.map(
    Effect.promise(() => crypto.subtle.importKey("raw", bytes, "AES-CBC", false, ["encrypt", "decrypt"])),
    (key) => ({ key, iv: bytes.slice(0, 16) })
  )
}

const encoder = new TextEncoder()

/** Whether WeChat signed these parts of a push: with the token that the platform shares with it. */
export const isSigned = (
  token: Redacted.Redacted<string>,
  parts: ReadonlyArray<string>,
  signature: string
): Effect.Effect<boolean> => {
  const text = [Redacted.value(token), ...parts].sort().join("")
  return Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-1", encoder.encode(text))),
    (digest) => {
      const expected = Encoding.encodeHex(new Uint8Array(digest))
      // takes the same time for all that are wrong
      let difference = expected.length ^ signature.length
      for (let at = 0; at < expected.length; at++) {
        difference |= expected.charCodeAt(at) ^ signature.charCodeAt(at)
      }
      return difference === 0
    }
  )
}

const blockSize = 16

/**
 * Without the padding taken off: WeChat pads to 32 bytes, and Web Crypto refuses a padding of more than 16. One more block, which is a padding
 * as Web Crypto has it, is what it takes off instead.
 */
const decryptPadded = async ({ iv, key }: PushKey, bytes: Uint8Array<ArrayBuffer>) => {
  const padding = await crypto.subtle.encrypt({ name: "AES-CBC", iv: bytes.slice(-blockSize) }, key, new Uint8Array())
  const whole = new Uint8Array(bytes.length + blockSize)
  whole.set(bytes)
  whole.set(new Uint8Array(padding), bytes.length)
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, key, whole))
}

const decoder = new TextDecoder()

export interface Opened {
  readonly message: string
  /** the appid that it was encrypted for */
  readonly receiver: string
}

const randomLength = 16
const lengthLength = 4

/** Decrypts a message, whose padding WeChat fills up to 32 bytes; undefined if that cannot be done with this key. */
export const open = (key: PushKey, encrypted: string): Effect.Effect<Opened | undefined> => {
  const decoded = Encoding.decodeBase64(encrypted)
  const bytes = new Uint8Array(Either.getOrElse(decoded, () => new Uint8Array()))
  if (bytes.length === 0 || bytes.length % blockSize !== 0) {
    return Effect.succeed(undefined)
  }
  return Effect.map(
    Effect.promise(() => decryptPadded(key, bytes)),
    (plain) => {
      const end = plain.length - plain.at(-1)!
      const start = randomLength + lengthLength
      if (end < start) {
        return undefined
      }
      const messageEnd = start + new DataView(plain.buffer).getUint32(randomLength)
      return messageEnd > end
        ? undefined
        : {
            message: decoder.decode(plain.subarray(start, messageEnd)),
            receiver: decoder.decode(plain.subarray(messageEnd, end))
          }
    }
  )
}
