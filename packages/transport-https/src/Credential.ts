/**
 * What a call authenticates with.
 *
 * @since 0.1.0
 */
import type { WechatTransportError } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Data from "effect/Data"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"

/**
 * The appid of a mini program and its secret, from WeChat's admin console.
 *
 * @since 0.1.0
 * @category models
 */
export interface App {
  readonly appId: string
  readonly appSecret: Redacted.Redacted<string>
}

/**
 * A token and the query parameter that carries it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Credential {
  readonly parameter: "access_token" | "cloudbase_access_token" | "component_access_token"
  readonly value: Redacted.Redacted<string>
  /** milliseconds since 1970, if known */
  readonly expiresAt?: number
}

/**
 * WeChat refuses to hand out a token. The operation that needed it fails with the error of the reply's errcode.
 *
 * @since 0.1.0
 * @category errors
 */
export class TokenRefused extends Data.TaggedError("TokenRefused")<{ readonly reply: Reply }> {}

/**
 * Provides the credential of each call, and is told when WeChat rejects it.
 *
 * @since 0.1.0
 * @category models
 */
export interface CredentialProvider {
  readonly get: Effect.Effect<Credential, TokenRefused | WechatTransportError>
  /** What `get` would return at once, if anything. A call that finds it does not wait for `get`. */
  readonly cached?: () => Credential | undefined
  /** After how long `get` fails by itself. A transport that waits as long or longer needs no fiber to wait for `get` with a deadline. */
  readonly timeout?: Duration.Duration
  /** Does nothing if `get` already returns a newer credential than the rejected one. */
  readonly invalidate: (rejected: Credential) => Effect.Effect<void>
}
