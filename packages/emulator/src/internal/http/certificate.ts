import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"

/** One DER value: tag, length, content. */
const der = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Buffer => {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const sequence = (...parts: ReadonlyArray<Uint8Array>) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"))
const integer = (bytes: Uint8Array) => der(0x02, bytes)
const time = (millis: number) =>
  der(0x17, Buffer.from(`${new Date(millis).toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`))

const yes = der(0x01, Buffer.from([255]))
const extension = (id: string, value: Uint8Array) => sequence(oid(id), der(0x04, value))
const criticalExtension = (id: string, value: Uint8Array) => sequence(oid(id), yes, der(0x04, value))

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"))

const subject = "emulator of WeChat, for tests"
const names = ["localhost", "api.weixin.qq.com"]
const addresses = [
  [127, 0, 0, 1],
  [...Array.from({ length: 15 }, () => 0), 1]
]

const alternativeNames = sequence(
  ...names.map((name) => der(0x82, Buffer.from(name))),
  ...addresses.map((address) => der(0x87, Buffer.from(address)))
)

const day = 24 * 60 * 60 * 1000

/** A private key and its certificate, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/**
 * Makes a key and a self-signed certificate for loopback and for `api.weixin.qq.com`, valid for a year from yesterday. It is its own
 * authority, so it is also what a client has to trust.
 */
export const make = (now: number): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const publicDer = publicKey.export({ type: "spki", format: "der" })
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(subject)))))
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(now - day), time(now + 365 * day)),
    name,
    publicDer,
    der(
      0xa3,
      sequence(
        // OpenSSL's strict mode also wants the usage and the identifier of the key
        criticalExtension("551d13", sequence(yes)),
        criticalExtension("551d0f", der(0x03, Buffer.from([2, 0x84]))),
        extension("551d0e", der(0x04, createHash("sha1").update(publicDer).digest())),
        extension("551d11", alternativeNames)
      )
    )
  )
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey))
  const lines = sequence(body, ecdsaWithSha256, signature)
    .toString("base64")
    .match(/.{1,64}/g)!
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n")
  }
}
