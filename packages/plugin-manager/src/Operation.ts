/**
 * One row of WeChat's documentation as data, and how any of them is performed.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Schema from "effect/Schema"
import { commonClasses } from "./errors/common.js"
import { decodeOrIssue } from "./internal/decodeOrIssue.js"
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
  readonly action: string
  /** whether performing it twice is the same as once */
  readonly idempotent: boolean
  /** the fields of the request's body beside `action` */
  readonly payload: Schema.Schema<Payload, Readonly<Record<string, unknown>>>
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
export const make = <Payload, Success, const Errors extends ReadonlyArray<ErrorClass<unknown>>>(
  operation: Omit<Operation<Payload, Success, unknown>, "errors"> & { readonly errors: Errors }
) => operation as Operation<Payload, Success, InstanceType<Errors[number]>>

const byCode = (classes: ReadonlyArray<ErrorClass<unknown>>) =>
  new Map(classes.flatMap((ErrcodeError) => ErrcodeError.codes.map((code) => [code, ErrcodeError] as const)))

/** 40001 says that the token is dead, and only where tokens are made that the secret is wrong. */
const common = byCode([...commonClasses, PluginManagerError.CredentialRejected])

const classOf = ({ endpoint, errcode }: Reply, declared: ReadonlyMap<number, ErrorClass<unknown>>) =>
  errcode === 40001 && endpoint === "credential"
    ? PluginManagerError.InvalidAppSecret
    : (declared.get(errcode) ?? common.get(errcode) ?? PluginManagerError.UnknownErrcode)

/**
 * Performs an operation over whichever transport the program is given, in a span named after it. Where tracing is switched off
 * (`Layer.setTracerEnabled(false)`) there is no span and nothing is paid for one.
 *
 * @since 0.1.0
 * @category constructors
 */
export const call = <Payload, Success, Error>(operation: Operation<Payload, Success, Error>) => {
  const { action, api, idempotent, path } = operation
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

  return (payload: Payload): Effect.Effect<Success, Error | PluginManagerError.CommonError, Transport> =>
    Effect.flatMap(Transport, (transport) => {
      const call: Call = { api, path, body: { ...Schema.encodeSync(operation.payload)(payload), action } }
      const reply = idempotent ? transport.call(call) : Effect.mapError(transport.call(call), harmless)
      return Effect.flatMap(FiberRef.get(FiberRef.currentTracerEnabled), (isTraced) =>
        isTraced
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
