/**
 * The keys of signed and encrypted calls (API 安全).
 *
 * @since 0.1.0
 */
import type { Hint } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Data from "effect/Data"
import type * as Redacted from "effect/Redacted"

/**
 * The keys of API security (API 安全), as WeChat's admin console shows them: development settings, API security.
 *
 * @since 0.1.0
 * @category models
 */
export interface SigningKeys {
  readonly appId: string
  /** the symmetric key (API 对称密钥) for AES256_GCM: its number, and the key itself in base64 */
  readonly symmetricKey: { readonly sn: string; readonly key: Redacted.Redacted<string> }
  /** the private key of the public key (应用公钥) in the console: RSA, PKCS#8 in PEM (`BEGIN PRIVATE KEY`) */
  readonly privateKey: Redacted.Redacted<string>
  /**
   * the public key of WeChat's certificate (平台证书): SPKI in PEM (`BEGIN PUBLIC KEY`). Its number is the one in the console, not the serial
   * number inside of the certificate.
   */
  readonly wechatKey: { readonly sn: string; readonly publicKey: string }
}

/**
 * A key cannot be used. `hint` says what it is instead, and how to convert it. The key itself is not in it.
 *
 * @since 0.1.0
 * @category errors
 */
export class InvalidSigningKey extends Data.TaggedError("InvalidSigningKey")<{
  readonly option: "symmetricKey" | "privateKey" | "wechatKey"
  readonly hint: Hint
}> {
  /** the kind of remedy, as the errors of `@effect-wechat/plugin-manager` have it */
  readonly category = "usage"
  override get message(): string {
    return `RequestSigning: ${this.option}: ${this.hint.en}`
  }
}
