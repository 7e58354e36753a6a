/**
 * One row of WeChat's documentation as data, and how any of them is performed.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import type * as Schema from "effect/Schema"
import { commonClasses } from "./errors/common.js"
import { InvalidPayload } from "./errors/payload.js"
import { decodeOrIssue } from "./internal/decodeOrIssue.js"
import { encodeOrIssue } from "./internal/encodeOrIssue.js"
import * as PluginManagerError from "./PluginManagerError.js"
import { type Call, type Reply, Transport } from "./Transport.js"

/**
 * An operation: all that tells it from the others.
 *
 * @since 0.1.0
 * @category models
 */
export interface Operation<in out Payload, in out Success, out Error> {
  /** WeChat's name: `pluginManager.getPluginList` */
  readonly api: string
  readonly path: Call["path"]
  /** what the request's body has as `action`, where it has one; several where the payload says which */
  readonly action?: string | ReadonlyArray<string>
  /** set where WeChat has no cloud call of it */
  readonly httpsOnly?: true
  /** whether performing it twice does no more than once */
  readonly idempotent: boolean
  /** the other fields of the request's body; `Schema.Struct({})` where there are none */
  readonly payload: Schema.Schema<Payload, object>
  /** the reply's body once its errcode is 0 */
  readonly success: Schema.Schema<Success, unknown>
  /**
   * A quick way for replies that are just as documented: what `success` decodes them to, or `undefined` for every other
   * one, which `success` then decodes or refuses.
   */
  readonly read?: (body: unknown) => Success | undefined
  /** the errcodes that its documentation lists */
  readonly errors: ReadonlyArray<ErrorClass<Error>>
}

/**
 * What an operation needs to know of the class of an errcode.
 *
 * @since 0.1.0
 * @category models
 */
export interface ErrorClass<out Error> {
  readonly codes: ReadonlyArray<number>
  readonly isTransient: boolean
  new (props: never): Error
}

/**
 * Declares an operation, its errors taken into its type.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = <Payload, Fields extends object, Success, Body, Errors extends ReadonlyArray<ErrorClass<unknown>>>(
  operation: Omit<Operation<Payload, Success, unknown>, "payload" | "success" | "errors"> & {
    readonly payload: Schema.Schema<Payload, Fields>
    readonly success: Schema.Schema<Success, Body>
    readonly errors: Errors
  }
) => operation as unknown as Operation<Payload, Success, InstanceType<Errors[number]>>

const byCode = (classes: ReadonlyArray<ErrorClass<unknown>>) =>
  new Map(classes.flatMap((ErrcodeError) => ErrcodeError.codes.map((code) => [code, ErrcodeError] as const)))

/** 40001 says that the token is dead, and only where tokens are made that the secret is wrong. */
const common = byCode([...commonClasses, PluginManagerError.CredentialRejected])

const classOf = ({ endpoint, errcode }: Reply, declared: ReadonlyMap<number, ErrorClass<unknown>>) =>
  errcode === 40001 && endpoint === "credential"
    ? PluginManagerError.InvalidAppSecret
    : (declared.get(errcode) ?? common.get(errcode) ?? PluginManagerError.UnknownErrcode)

const perform = <Payload, Success, Error>(operation: Operation<Payload, Success, Error>) => {
  const { action, api, idempotent, path } = operation
  const named = typeof action === "string" ? { action } : {}
  const declared = byCode(operation.errors)

  const refusal = (reply: Reply) => {
    const ErrcodeError = classOf(reply, declared) as new (props: object) => Error | PluginManagerError.CommonError
    const { body: _, ...fields } = reply
    const isRetryable = idempotent && (ErrcodeError as unknown as ErrorClass<unknown>).isTransient
    return Effect.fail(new ErrcodeError({ api, ...fields, isRetryable }))
  }

  const decode = (body: unknown) =>
    Effect.mapError(
      decodeOrIssue(operation.success, body),
      (issue) => new PluginManagerError.WechatDecodeError({ api, issue })
    )

  const harmless = <E>(error: E) =>
    !idempotent && error instanceof PluginManagerError.WechatTransportError && error.isRetryable
      ? new PluginManagerError.WechatTransportError({
          api: error.api,
          reason: error.reason,
          description: error.description,
          isRetryable: false
        })
      : error

  const read = (reply: Reply) => {
    if (reply.errcode !== 0) {
      return refusal(reply)
    }
    const success = operation.read?.(reply.body)
    return success === undefined ? decode(reply.body) : Effect.succeed(success)
  }

  return (fields: object): Effect.Effect<Success, Error | PluginManagerError.CommonError, Transport> => {
    const call: Call = { api, path, body: { ...named, ...fields } as Call["body"] }
    return Effect.flatMap(Transport, (transport) => {
      const reply = idempotent ? transport.call(call) : Effect.mapError(transport.call(call), harmless)
      return Effect.withFiberRuntime((fiber) =>
        fiber.getFiberRef(FiberRef.currentTracerEnabled)
          ? Effect.tap(reply, ({ errcode }) => Effect.annotateCurrentSpan("wechat.errcode", errcode)).pipe(
              Effect.flatMap(read),
              Effect.withSpan(api, {
                kind: "client",
                attributes: transport.attributes?.(call) ?? {},
                // it would be a place in this library
                captureStackTrace: false
              })
            )
          : Effect.flatMap(reply, read)
      )
    })
  }
}

/**
 * Performs an operation that has no payload over whichever transport the program is given, in a span named after it. Where
 * tracing is switched off (`Layer.setTracerEnabled(false)`) there is no span and nothing is paid for one.
 *
 * @since 0.1.0
 * @category constructors
 */
export const call = <Success, Error>(
  operation: Operation<{}, Success, Error>
): Effect.Effect<Success, Error | PluginManagerError.CommonError, Transport> => perform(operation)({})

/**
 * Performs an operation with its payload, as `call` does. A payload that its Schema refuses is an `InvalidPayload`: nothing
 * is sent, and there is no span.
 *
 * @since 0.1.0
 * @category constructors
 */
export const callWith = <Payload, Success, Error>(
  operation: Operation<Payload, Success, Error>
): ((
  payload: Payload
) => Effect.Effect<Success, Error | InvalidPayload | PluginManagerError.CommonError, Transport>) => {
  const send = perform(operation)
  const encode = (payload: Payload) =>
    Effect.mapError(
      encodeOrIssue(operation.payload, payload),
      (issue) => new InvalidPayload({ api: operation.api, issue })
    )
  return (payload) =>
    Effect.flatMap(
      Effect.suspend(() => encode(payload)),
      send
    )
}
