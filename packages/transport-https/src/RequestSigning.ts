/**
 * Signed and encrypted calls (API 安全): AES256_GCM and RSAwithSHA256 by WebCrypto, which Node 20 and later, Bun, Deno and edge runtimes
 * have.
 *
 * @since 0.1.0
 */
import * as LayerConfig from "@effect-wechat/plugin-manager/LayerConfig"
import type { ConfigError } from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Exchange } from "./internal/http/exchange.js"
import { importKeys } from "./internal/signing/keys.js"
import { make } from "./internal/signing/signedExchange.js"
import type { InvalidSigningKey, SigningKeys } from "./SigningKeys.js"

/**
 * The HTTPS transport looks for it when its layer is built. With it, calls are signed and encrypted.
 *
 * @since 0.1.0
 * @category tags
 */
export class RequestSigning extends Context.Tag("@effect-wechat/transport-https/RequestSigning")<
  RequestSigning,
  RequestSigning.Service
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace RequestSigning {
  /**
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    /** Wraps the HTTP exchange of calls. Token requests are not wrapped. */
    readonly around: (exchange: Exchange) => Exchange
  }
}

/**
 * Provide it to a layer of `HttpsTransport`: each call is encrypted and signed, and each reply verified and decrypted. Token requests are not
 * signed, since WeChat signs nothing there.
 *
 * A reply is accepted only if WeChat's key verifies it, its time is within five minutes of this machine's, it did not come before, and the
 * appid and time inside of the encrypted text are those of its headers. Any other reply is a `WechatTransportError`, reason `signature`.
 * Only an unsigned reply that refuses the call itself (-1, or an errcode from 40000 to 69999: the credential, the signature, the quota) becomes
 * the error of its errcode.
 *
 * **Gotchas**
 *
 * - Provide it to the transport's layer. Provided beside that layer or to a call, it has no effect and calls go out unsigned.
 *   `layerOpenInterface` does not use it.
 * - It belongs to one mini program. `MiniPrograms` and `ThirdPartyMiniPrograms` would sign with it for all of theirs, which WeChat refuses.
 * - WeChat signs the URL at which it was called. Behind a proxy whose URL is the `baseUrl`, the two sides sign different URLs.
 * - While WeChat replaces its certificate, it signs replies with both keys. With the old key, one warning is logged: configure the new key
 *   before the old one expires.
 * - WeChat also signs a refusal by an operation's own errcode (seen by users, not documented). Without a signature it is not accepted, since
 *   anybody could turn a failure into the "done already" that a program takes for a success.
 * - A signature does not cover the request. A reply is accepted once, but within five minutes it fits any call to the same URL.
 * - SM4_GCM and SM2withSM3 are not supported.
 *
 * @since 0.1.0
 * @category layers
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/getting_started/api_signature.html
 * @example
 * ```ts
 * import { HttpsTransport } from "@effect-wechat/transport-https"
 * import * as RequestSigning from "@effect-wechat/transport-https/RequestSigning"
 * import { Layer, Redacted } from "effect"
 *
 * const Signing = RequestSigning.layer({
 *   appId: "wx0123456789abcdef",
 *   symmetricKey: { sn: "fa05fe1e5bcc79b81ad5ad4b58acf787", key: Redacted.make("…") },
 *   privateKey: Redacted.make("-----BEGIN PRIVATE KEY-----…"),
 *   wechatKey: { sn: "79ba700ea147819f640941bceb38b1d1", publicKey: "-----BEGIN PUBLIC KEY-----…" }
 * })
 *
 * const WeChat = HttpsTransport.layerFetch({ appId: "wx0123456789abcdef", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(Signing)
 * )
 * ```
 */
export const layer = (keys: SigningKeys): Layer.Layer<RequestSigning, InvalidSigningKey> =>
  Layer.effect(
    RequestSigning,
    Effect.map(importKeys(keys), (keys) => ({ around: make(keys) }))
  )

/**
 * `layer` with its keys from Config.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import * as RequestSigning from "@effect-wechat/transport-https/RequestSigning"
 * import { Config } from "effect"
 *
 * const Signing = RequestSigning.layerConfig({
 *   appId: Config.string("WECHAT_APPID"),
 *   symmetricKey: { sn: Config.string("WECHAT_KEY_SN"), key: Config.redacted("WECHAT_KEY") },
 *   privateKey: Config.redacted("WECHAT_PRIVATE_KEY"),
 *   wechatKey: { sn: Config.string("WECHAT_CERTIFICATE_SN"), publicKey: Config.string("WECHAT_CERTIFICATE_KEY") }
 * })
 * ```
 */
export const layerConfig = (
  keys: LayerConfig.Wrap<SigningKeys>
): Layer.Layer<RequestSigning, InvalidSigningKey | ConfigError> => LayerConfig.make(keys, layer)
