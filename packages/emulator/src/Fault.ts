/**
 * Troubles to order from the emulator: what WeChat, its gateway, a proxy or the network may do to a request.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import * as Bytes from "./internal/bytes.js"
import * as errcodes from "./internal/errcodes.js"
import { Endpoint, Operation } from "./Journal.js"

const optional = <A, I>(schema: Schema.Schema<A, I>) => Schema.optionalWith(schema, { exact: true })

const Action = Schema.Literal(
  "list",
  "apply",
  "unbind",
  "update",
  "dev_apply_list",
  "dev_agree",
  "dev_refuse",
  "dev_delete"
)

/**
 * Which requests a fault is for, and how many of them.
 *
 * - `on`: an endpoint, an operation (`pluginManager.applyPlugin`), an `action` (`dev_agree`), or `any`. Without it a fault is for
 *   calls, that is for `plugin` and `gateway`, and leaves tokens alone.
 * - `nth`: it lets those before the nth such request pass; 1 by default.
 * - `times`: how many it then meets; 1 by default, `Infinity` is fine.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Order = Schema.Struct({
  on: optional(Schema.Union(Endpoint, Operation, Action, Schema.Literal("any"))),
  nth: optional(Schema.Positive.pipe(Schema.int())),
  times: optional(Schema.Union(Schema.JsonNumber, Schema.transformLiteral("Infinity", Number.POSITIVE_INFINITY)))
}).annotations({ identifier: "Order" })

/**
 * @category models
 * @since 0.1.0
 */
export type Order = typeof Order.Type

const fault = <Tag extends string, Fields extends Schema.Struct.Fields>(tag: Tag, fields: Fields) =>
  Schema.TaggedStruct(tag, { ...Order.fields, ...fields })

/**
 * A fault, as plain data. `Errcode`, `Body`, `Raw` and `GatewayError` take the place of WeChat's answer, and nothing is done. The
 * others trouble the way of the answer: the request itself is carried out before it is delayed, held, cut or lost.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Fault = Schema.Union(
  fault("Errcode", { errcode: Schema.Int, errmsg: optional(Schema.String) }),
  fault("Body", { body: Bytes.StringOrBytes, contentType: Schema.String }),
  fault("Raw", {
    status: Schema.Int,
    headers: Schema.Record({ key: Schema.String, value: Schema.String }),
    body: Bytes.StringOrBytes
  }),
  fault("GatewayError", { errorCode: Schema.Int }),
  fault("Reset", {}),
  fault("Close", {}),
  fault("Truncate", {}),
  fault("Hold", {}),
  fault("Delay", { duration: Schema.DurationFromMillis }),
  fault("Drip", { size: Schema.Int, pause: Schema.DurationFromMillis })
).annotations({ identifier: "Fault" })

/**
 * @category models
 * @since 0.1.0
 */
export type Fault = typeof Fault.Type

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
