import * as Context from "effect/Context"
import type { Exchange } from "./exchange.js"

/**
 * What the HTTPS transport looks for when it is built: where it is there, calls are signed and encrypted.
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
    /** Wraps how the transport speaks HTTP; the way of the token endpoint is left as it is. */
    readonly around: (exchange: Exchange) => Exchange
  }
}
