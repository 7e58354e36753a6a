import * as Schema from "effect/Schema"

const Secret = Schema.Redacted(Schema.String)
const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })
const PlatformKey = Schema.Struct({ sn: Schema.String, privateKey: Secret })

/**
 * The keys of API security (API 安全), as the mini program's administrator and WeChat have set them up: PEM, as OpenSSL reads it.
 *
 * - `symmetricKey`: the number of the symmetric key and the key for AES256_GCM, 32 bytes in base64; without it 40238
 * - `publicKey`: the one that the mini program's signatures (RSAwithSHA256) are verified with; without it 40239
 * - `platformKey`: the number of WeChat's platform certificate, and its private key, which replies are signed with
 * - `deprecatedPlatformKey`: the certificate that the first one is taking the place of; replies are signed with both
 *
 * @category schemas
 * @since 0.1.0
 */
export const ApiSecurity = Schema.Struct({
  symmetricKey: optional(Schema.Struct({ sn: Schema.String, key: Secret })),
  publicKey: optional(Schema.String),
  platformKey: PlatformKey,
  deprecatedPlatformKey: optional(PlatformKey)
}).annotations({ identifier: "ApiSecurity" })

/**
 * @category models
 * @since 0.1.0
 */
export type ApiSecurity = typeof ApiSecurity.Type
