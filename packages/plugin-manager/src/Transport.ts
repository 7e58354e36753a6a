/**
 * The port of this library: how one call reaches WeChat and its reply comes back. `@effect-wechat/transport-https` and
 * `@effect-wechat/transport-cloud` provide it.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Endpoint } from "./errors/schema.js"
import type { WechatTransportError } from "./errors/transport.js"

/**
 * A call in WeChat's own vocabulary: `body` is the snake_case JSON of its HTTPS documentation. A transport that needs another
 * vocabulary translates.
 *
 * @since 0.1.0
 * @category models
 */
export interface Call {
  /** WeChat's name of the operation: `pluginManager.getPluginList` */
  readonly api: string
  readonly path: `/${string}`
  readonly body: { readonly [field: string]: unknown }
}

/**
 * A reply, whatever its errcode.
 *
 * @since 0.1.0
 * @category models
 */
export interface Reply {
  /** also 0 if WeChat sent none or an unreadable one; then only decoding `body` shows whether the call succeeded */
  readonly errcode: number
  readonly errmsg: string
  /** the `rid` that WeChat's support asks for */
  readonly requestId?: string
  readonly endpoint: Endpoint
  /** the whole reply: WeChat's snake_case JSON, including `errcode` and `errmsg` */
  readonly body: unknown
}

/**
 * The port. Operations require it and nothing else; a program for many mini programs has many transports.
 *
 * @since 0.1.0
 * @category tags
 */
export class Transport extends Context.Tag("@effect-wechat/plugin-manager/Transport")<Transport, Transport.Service>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace Transport {
  /**
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    readonly call: (call: Call) => Effect.Effect<Reply, WechatTransportError>
    /** The attributes of a call's span. Spans are exported, so nothing in them may be secret. */
    readonly attributes?: (call: Call) => Readonly<Record<string, unknown>>
  }
}

/** `rid: 61725984-6126f6f9-040f19c4`, `hints: [ req_id: … ]`, `hint: [ … ]`: as seen in replies, the best first. */
const requestIds = [/\brid: ?([\w-]+)/, /\breq_id: ?([\w.-]+)/, /\bhint: ?\[\s*([^[\]\s]+)\s*\]/]

const requestIdOf = (errmsg: string): string | undefined =>
  requestIds.map((pattern) => pattern.exec(errmsg)?.[1]).find((id) => id !== undefined)

/**
 * Reads an errcode: a whole number, or a string of one, as WeChat sometimes sends it (`"61007"`). For those who write a transport.
 *
 * @since 0.1.0
 * @category conversions
 */
export const toErrcode = (value: unknown): number | undefined => {
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) ? (number as number) : undefined
}

/**
 * Reads the envelope of WeChat's JSON: `errcode` (0 if absent), `errmsg`, and the request id in it. For those who write a transport.
 *
 * @since 0.1.0
 * @category constructors
 */
export const reply = (body: unknown, endpoint: Endpoint = "api"): Reply => {
  const envelope: { readonly errcode?: unknown; readonly errmsg?: unknown } =
    typeof body === "object" && body !== null ? body : {}
  const errmsg = typeof envelope.errmsg === "string" ? envelope.errmsg : ""
  const requestId = errmsg === "ok" ? undefined : requestIdOf(errmsg)
  const fields = { errcode: toErrcode(envelope.errcode) ?? 0, errmsg, endpoint, body }
  return requestId === undefined ? fields : { ...fields, requestId }
}

/**
 * A transport for tests, without a network. Give it, for each operation by WeChat's name, a function from the request's JSON to the
 * reply's JSON. A call of an operation without a handler is a defect that names the operation.
 *
 * @since 0.1.0
 * @category layers
 * @example
 * ```ts
 * import { PluginManager, Transport } from "@effect-wechat/plugin-manager"
 * import { Effect } from "effect"
 *
 * const WeChat = Transport.layerTest({
 *   "pluginManager.getPluginList": () =>
 *     Effect.succeed({
 *       errcode: 0,
 *       errmsg: "ok",
 *       plugin_list: [{ appid: "wx1", status: 2, nickname: "插件昵称", headimgurl: "http://plugin.qq.com" }]
 *     })
 * })
 *
 * const program = PluginManager.getPluginList.pipe(Effect.provide(WeChat))
 * ```
 */
export const layerTest = (handlers: {
  readonly [api: string]: (body: Call["body"]) => Effect.Effect<unknown, WechatTransportError>
}): Layer.Layer<Transport> =>
  Layer.succeed(Transport, {
    call: ({ api, body }) => {
      const handler = handlers[api]
      return handler
        ? Effect.map(handler(body), (json) => reply(json))
        : Effect.dieMessage(`Transport.layerTest has no handler for "${api}"`)
    }
  })
