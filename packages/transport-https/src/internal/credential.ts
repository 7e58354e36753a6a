import type { Reply } from "@effect-wechat/plugin-manager/Transport"
import * as Data from "effect/Data"
import type * as Redacted from "effect/Redacted"

/**
 * A token and the query parameter that carries it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Credential {
  readonly parameter: "access_token" | "cloudbase_access_token" | "component_access_token"
  readonly value: Redacted.Redacted<string>
  /** milliseconds since 1970, where whoever handed it out has said so */
  readonly expiresAt?: number
}

/**
 * WeChat refuses to hand out a token. The reply becomes the error of its errcode where the operation is performed.
 *
 * @since 0.1.0
 * @category errors
 */
export class TokenRefused extends Data.TaggedError("TokenRefused")<{ readonly reply: Reply }> {}

/**
 * An app id and its secret, from WeChat's admin console.
 *
 * @since 0.1.0
 * @category models
 */
export interface App {
  readonly appId: string
  readonly appSecret: Redacted.Redacted<string>
}
