/**
 * Troubles to order from the emulator: what WeChat, its gateway, a proxy or the network may do to a request.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as errcodes from "./internal/http/errmsg.js"
import type { Endpoint, Operation } from "./Journal.js"

/**
 * Which requests a fault is for, and how many of them.
 *
 * - `on`: an endpoint, an operation (`pluginManager.applyPlugin`), an `action` (`dev_agree`), or `any`. Without it a fault is for
 *   calls, that is for `plugin` and `gateway`, and leaves tokens alone.
 * - `nth`: it lets those before the nth such request pass; 1 by default.
 * - `times`: how many it then meets; 1 by default, `Infinity` is fine.
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
 * What the body of a call of the plugin API names.
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
 * A fault, as plain data. `Errcode`, `Body`, `Raw` and `GatewayError` take the place of WeChat's answer, and nothing is done. The
 * others trouble the way of the answer: the request itself is carried out before it is delayed, held, cut or lost.
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
 * The `errmsg` that comes with an errcode when the fault names none.
 *
 * **Gotchas**
 *
 * Only some are confirmed to be WeChat's, see the README; the others are worded by us. No program should read more into an `errmsg` than
 * the request id at its end.
 *
 * @category accessors
 * @since 0.1.0
 */
export const defaultErrmsg: (errcode: number) => string | undefined = errcodes.errmsg

/**
 * WeChat answers with this errcode: as JSON over HTTPS, inside the protobuf reply at the gateway. Without `errmsg` it is
 * WeChat's own text followed by a request id; a given one is sent to the letter.
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
 * WeChat's body is this one, verbatim: the HTTP body over HTTPS, `respData` at the gateway.
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
 * The HTTP reply is this one, verbatim, at every endpoint: a proxy's HTML, a 502, a redirect, an error of the gateway.
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
 * The gateway refuses before WeChat is asked: `-604101` without permission, `-604102` on a timeout and so on. It waits for a
 * request at the gateway.
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
 * The connection is reset (RST) before a byte of the reply.
 *
 * @category constructors
 * @since 0.1.0
 */
export const reset = (order: Order = {}): Fault => ({ _tag: "Reset", ...ordered(order) })

/**
 * The connection is closed (FIN) before a byte of the reply.
 *
 * @category constructors
 * @since 0.1.0
 */
export const close = (order: Order = {}): Fault => ({ _tag: "Close", ...ordered(order) })

/**
 * The headers promise the whole reply, half of the body follows, then the connection is closed.
 *
 * @category constructors
 * @since 0.1.0
 */
export const truncate = (order: Order = {}): Fault => ({ _tag: "Truncate", ...ordered(order) })

/**
 * No reply until the emulator's `release`, or until the client goes away.
 *
 * @category constructors
 * @since 0.1.0
 */
export const hold = (order: Order = {}): Fault => ({ _tag: "Hold", ...ordered(order) })

/**
 * The reply comes that much later, by Effect's Clock.
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
 * The body comes in pieces of `size` bytes (16) with a `pause` (100 ms) between them, by Effect's Clock. The headers and the
 * first piece come at once.
 *
 * @category constructors
 * @since 0.1.0
 */
export const drip = (
  options: Order & { readonly size?: number; readonly pause?: Duration.DurationInput } = {}
): Fault => ({
  _tag: "Drip",
  size: Math.max(1, Math.trunc(options.size ?? 16)),
  pause: Duration.decode(options.pause ?? "100 millis"),
  ...ordered(options)
})
