/**
 * The errors that a transport makes or looks for. For those who write a transport: they are those of `PluginManagerError`, but a program
 * that imports them from here does not bundle Schema. Not part of the index: import it as `@effect-wechat/plugin-manager/TransportErrors`.
 *
 * @since 0.1.0
 */
import { reasons } from "./errors/failure.js"
import type { TransportReason } from "./errors/schema.js"

export { CredentialRejected, OpenServiceNotReady } from "./errors/general.js"
export { WechatTransportError } from "./errors/transport.js"

/**
 * Whether a value is one of the reasons of a `WechatTransportError`.
 *
 * @since 0.1.0
 * @category guards
 */
export const isTransportReason = (u: unknown): u is TransportReason => reasons.some((reason) => reason === u)
