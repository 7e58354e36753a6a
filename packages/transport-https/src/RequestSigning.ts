/**
 * Signed and encrypted calls (API 安全): AES256_GCM and RSAwithSHA256 by WebCrypto, hence on Node 20 or later, Bun, Deno and
 * at the edge.
 *
 * @since 0.1.0
 */
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Configured, unwrap } from "./internal/configured.js"
import { make } from "./internal/signedExchange.js"
import { RequestSigning } from "./internal/signing.js"
import { importKeys, type InvalidSigningKey, type Options } from "./internal/signingKeys.js"

export { RequestSigning } from "./internal/signing.js"
export { InvalidSigningKey, type Options } from "./internal/signingKeys.js"

/**
 * Provided to a layer of `HttpsTransport`, it has each call encrypted and signed, and each reply verified and decrypted. The
 * token endpoint is called as ever: WeChat signs nothing there.
 *
 * A reply is data only once the platform key has verified it, its time is within five minutes of ours, and the appid and the
 * time inside of what was encrypted are those of its headers. All else is a `WechatTransportError`, reason `signature`; only
 * what refuses the call itself (-1, or an errcode from 40000 to 69999: the credential, the signature, the quota) is
 * taken without a signature, as the error of its errcode.
 *
 * **Gotchas**
 *
 * - The transport looks for it when its layer is built: provide it to that layer, not beside it nor to a call, which would go
 *   out unsigned. `layerOpenInterface` does not look for it.
 * - It is one mini program's: `MiniPrograms` and `ThirdParty` would sign for all of theirs with it, which WeChat refuses.
 * - WeChat signs the URL that it was called at. Behind a proxy whose URL is the `baseUrl`, both sides sign another one.
 * - While WeChat replaces its platform certificate, replies are signed with both. With the old key of the two a warning is
 *   logged, once: take the new one before the old one goes.
 * - A refusal by an operation's own errcode is signed, too (seen by users, not documented). Without a signature it is no
 *   errcode here, since anybody could turn a failure into the "done already" that a program takes for a success.
 * - A signature says nothing about the request: for five minutes a reply fits any call to the same URL, `list` and `apply` alike.
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
 *   platformKey: { sn: "79ba700ea147819f640941bceb38b1d1", publicKey: "-----BEGIN PUBLIC KEY-----…" }
 * })
 *
 * const WeChat = HttpsTransport.layerFetch({ appId: "wx0123456789abcdef", appSecret: Redacted.make("…") }).pipe(
 *   Layer.provide(Signing)
 * )
 * ```
 */
export const layer = (options: Options): Layer.Layer<RequestSigning, InvalidSigningKey> =>
  Layer.effect(
    RequestSigning,
    Effect.map(importKeys(options), (keys) => ({ around: make(keys) }))
  )

/**
 * `layer` with its options from Config.
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
 *   symmetricKey: Config.all({ sn: Config.string("WECHAT_KEY_SN"), key: Config.redacted("WECHAT_KEY") }),
 *   privateKey: Config.redacted("WECHAT_PRIVATE_KEY"),
 *   platformKey: Config.all({ sn: Config.string("WECHAT_PLATFORM_SN"), publicKey: Config.string("WECHAT_PLATFORM_KEY") })
 * })
 * ```
 */
export const layerConfig = (
  options: Configured<Options>
): Layer.Layer<RequestSigning, InvalidSigningKey | ConfigError> =>
  Layer.unwrapEffect(Effect.map(unwrap(options), layer))
