/**
 * Faults to order from the emulator: errors of WeChat, its gateway, a proxy or the network.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import { errmsg } from "./internal/http/errmsg.js"
import type { Endpoint, Operation } from "./Journal.js"

/**
 * Which requests a fault is for, and how many of them it affects.
 *
 * - `on`: an endpoint, an operation (`pluginManager.applyPlugin`), an `action` (`dev_agree`), or `any`. By default a fault is for the
 *   endpoints `plugin` and `gateway`, and not for requests for tokens.
 * - `nth`: the first request that the fault affects, counted among those that it is for; 1 by default
 * - `times`: how many requests it affects; 1 by default, `Infinity` for all
 *
 * @category models
 * @since 0.1.0
 */
export interface Order {
  readonly on?: Endpoint | Operation | Action | "any"
  readonly nth?: number
  readonly times?: number
}

/**
 * The `action` in the body of a plugin API call.
 *
 * @category models
 * @since 0.1.0
 */
export type Action =
  | "list"
  | "apply"
  | "unbind"
  | "update"
  | "dev_apply_list"
  | "dev_agree"
  | "dev_refuse"
  | "dev_delete"

/**
 * A fault, as plain data.
 *
 * `Errcode`, `Body`, `Raw` and `GatewayError` replace the reply, and the request is not performed. With every other fault the request
 * is performed, and only its reply is delayed, held, cut short or lost.
 *
 * The emulator refuses a fault with invalid data: `nth`, `times` and `size` must be integers of at least 1 (`times` may be `Infinity`),
 * and `status` must be between 200 and 999.
 *
 * @category models
 * @since 0.1.0
 */
export type Fault = Order &
  (
    | { readonly _tag: "Errcode"; readonly errcode: number; readonly errmsg?: string }
    | { readonly _tag: "Body"; readonly body: string | Uint8Array; readonly contentType: string }
    | {
        readonly _tag: "Raw"
        readonly status: number
        readonly headers: Readonly<Record<string, string>>
        readonly body: string | Uint8Array
      }
    | { readonly _tag: "GatewayError"; readonly errorCode: number }
    | { readonly _tag: "Reset" }
    | { readonly _tag: "Close" }
    | { readonly _tag: "Truncate" }
    | { readonly _tag: "Hold" }
    | { readonly _tag: "Delay"; readonly duration: Duration.Duration }
    | { readonly _tag: "Drip"; readonly size: number; readonly pause: Duration.Duration }
  )

const ordered = ({ nth, on, times }: Order): Order => ({
  ...(on === undefined ? {} : { on }),
  ...(nth === undefined ? {} : { nth }),
  ...(times === undefined ? {} : { times })
})

/**
 * The `errmsg` that the emulator sends with an errcode, without the request id.
 *
 * **Gotchas**
 *
 * Only some of these texts are confirmed to be WeChat's; the README lists them. We worded the others. The only part of an `errmsg` that
 * a program should rely on is the request id at its end.
 *
 * @category accessors
 * @since 0.1.0
 */
export const defaultErrmsg: (errcode: number) => string | undefined = errmsg

/**
 * WeChat replies with this errcode: as JSON over HTTPS, inside the protobuf reply at the gateway. The default `errmsg` is WeChat's text
 * followed by a request id. An `errmsg` that you give is sent unchanged.
 *
 * @example
 * ```ts
 * import { Fault } from "@effect-wechat/emulator"
 *
 * const alreadyAdded = Fault.errcode(89237)
 * const busyTwice = Fault.errcode(-1, { errmsg: "system error", times: 2, on: "token" })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const errcode = (errcode: number, options: Order & { readonly errmsg?: string } = {}): Fault => ({
  _tag: "Errcode",
  errcode,
  ...(options.errmsg === undefined ? {} : { errmsg: options.errmsg }),
  ...ordered(options)
})

/**
 * WeChat replies with exactly this body: the HTTP body over HTTPS, `respData` at the gateway.
 *
 * @category constructors
 * @since 0.1.0
 */
export const body = (body: string | Uint8Array, options: Order & { readonly contentType?: string } = {}): Fault => ({
  _tag: "Body",
  body,
  contentType: options.contentType ?? "application/json; encoding=utf-8",
  ...ordered(options)
})

/**
 * The emulator sends exactly this HTTP reply, at every endpoint. Use it for the HTML page of a proxy, a 502, a redirect, or an error of
 * the gateway.
 *
 * @example
 * ```ts
 * import { Fault } from "@effect-wechat/emulator"
 *
 * const badGateway = Fault.raw({ status: 502, headers: { "content-type": "text/html" }, body: "<h1>502</h1>" })
 * const elsewhere = Fault.raw({ status: 302, headers: { location: "http://127.0.0.1:1/" }, on: "any" })
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const raw = (
  reply: Order & {
    readonly status?: number
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | Uint8Array
  }
): Fault => ({
  _tag: "Raw",
  status: reply.status ?? 200,
  headers: reply.headers ?? {},
  body: reply.body ?? "",
  ...ordered(reply)
})

/**
 * The gateway refuses a call before it asks WeChat: `-604101` without permission, `-604102` for a timeout, and so on. This fault only
 * affects requests at the gateway.
 *
 * @category constructors
 * @since 0.1.0
 */
export const gatewayError = (errorCode: number, order: Order = {}): Fault => ({
  _tag: "GatewayError",
  errorCode,
  ...ordered(order)
})

/**
 * The connection is reset (RST) before the first byte of the reply.
 *
 * @category constructors
 * @since 0.1.0
 */
export const reset = (order: Order = {}): Fault => ({ _tag: "Reset", ...ordered(order) })

/**
 * The connection is closed (FIN) before the first byte of the reply.
 *
 * @category constructors
 * @since 0.1.0
 */
export const close = (order: Order = {}): Fault => ({ _tag: "Close", ...ordered(order) })

/**
 * The headers announce the whole body. Half of it is sent, then the connection is closed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const truncate = (order: Order = {}): Fault => ({ _tag: "Truncate", ...ordered(order) })

/**
 * The reply is held until the emulator's `release`, or until the client disconnects.
 *
 * @category constructors
 * @since 0.1.0
 */
export const hold = (order: Order = {}): Fault => ({ _tag: "Hold", ...ordered(order) })

/**
 * The reply is sent this much later, by the emulator's time.
 *
 * @category constructors
 * @since 0.1.0
 */
export const delay = (duration: Duration.DurationInput, order: Order = {}): Fault => ({
  _tag: "Delay",
  duration: Duration.decode(duration),
  ...ordered(order)
})

/**
 * The body is sent in pieces of `size` bytes (16 by default) with a `pause` (100 ms by default) between them, by the emulator's time.
 * The headers and the first piece are sent at once. Throws a `RangeError` if `size` is not an integer of at least 1.
 *
 * @category constructors
 * @since 0.1.0
 */
export const drip = (
  options: Order & { readonly size?: number; readonly pause?: Duration.DurationInput } = {}
): Fault => {
  const { pause = "100 millis", size = 16 } = options
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`Fault.drip: size must be an integer of at least 1, not ${size}`)
  }
  return { _tag: "Drip", size, pause: Duration.decode(pause), ...ordered(options) }
}
