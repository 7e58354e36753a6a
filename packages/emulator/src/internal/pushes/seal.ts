import { createCipheriv, createHash, randomBytes, randomInt } from "node:crypto"
import * as Redacted from "effect/Redacted"
import type { Component } from "../../World.js"

export interface Sealed {
  readonly query: Readonly<Record<string, string>>
  readonly body: string
}

const blockSize = 32

const sha1 = (...parts: ReadonlyArray<string>) =>
  createHash("sha1")
    .update([...parts].sort().join(""))
    .digest("hex")

const encrypt = ({ appid, encodingAesKey }: Component, message: string): string => {
  const key = Buffer.from(`${Redacted.value(encodingAesKey)}=`, "base64")
  const content = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const plain = Buffer.concat([randomBytes(16), length, content, Buffer.from(appid)])
  const padding = blockSize - (plain.length % blockSize)
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    "base64"
  )
}

/** A message as WeChat pushes it: encrypted with the `EncodingAESKey` of the platform, signed with its token. */
export const seal = (component: Component, message: string, now: number): Sealed => {
  const encrypted = encrypt(component, message)
  const token = Redacted.value(component.pushToken)
  const timestamp = String(Math.floor(now / 1000))
  const nonce = String(randomInt(1_000_000_000))
  return {
    query: {
      signature: sha1(token, timestamp, nonce),
      timestamp,
      nonce,
      encrypt_type: "aes",
      msg_signature: sha1(token, timestamp, nonce, encrypted)
    },
    body: `<xml>
    <AppId><![CDATA[${component.appid}]]></AppId>
    <Encrypt><![CDATA[${encrypted}]]></Encrypt>
</xml>`
  }
}
