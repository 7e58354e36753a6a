// Makes a new self-signed certificate for 127.0.0.1 for each run, so that the repository contains no key. openssl is not needed.
import { generateKeyPairSync, randomBytes, sign } from "node:crypto"

/** One DER value: tag, length, content. */
const der = (tag, ...parts) => {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const sequence = (...parts) => der(0x30, ...parts)
const oid = (hex) => der(0x06, Buffer.from(hex, "hex"))
const integer = (bytes) => der(0x02, bytes)
const octets = (...parts) => der(0x04, ...parts)
const bits = (bytes) => der(0x03, Buffer.from([0]), bytes)
const time = (date) => der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`))

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"))
const isAuthority = sequence(oid("551d13"), octets(sequence(der(0x01, Buffer.from([255])))))
const isLoopback = sequence(oid("551d11"), octets(sequence(der(0x87, Buffer.from([127, 0, 0, 1])))))

const pem = (certificate) => {
  const lines = certificate.toString("base64").match(/.{1,64}/g)
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n")
}

/** Returns key and certificate as PEM. They are valid for a day. */
export const makeCertificate = () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from("effect-wechat benchmarks")))))
  const day = 24 * 60 * 60 * 1000
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(isAuthority, isLoopback))
  )
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: pem(sequence(body, ecdsaWithSha256, bits(sign("sha256", body, privateKey))))
  }
}
