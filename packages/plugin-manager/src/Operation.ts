/**
 * WeChat's operations as data, and how each of them is performed.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Schema from "effect/Schema"
import type { ErrcodeClass } from "./errors/ErrcodeError.js"
import { InvalidPayload } from "./errors/payload.js"
import type { CommonError } from "./errors/union.js"
import { decodeReply } from "./internal/decodeReply.js"
import { encodePayload } from "./internal/encodePayload.js"
import { perform } from "./operations/perform.js"
import type { Call, Transport } from "./Transport.js"

/**
 * The description of one operation. `Payload` is `void` if it has none.
 *
 * @since 0.1.0
 * @category models
 */
export interface Operation<in out Payload, in out Success, out Error> {
  /** WeChat's name: `pluginManager.getPluginList` */
  readonly api: string
  readonly path: Call["path"]
  /** the `action` in the request's body, if there is one; several where the payload decides which */
  readonly action?: string | ReadonlyArray<string>
  /** set where WeChat has no cloud call for it */
  readonly httpsOnly?: true
  /** whether performing it twice does no more than performing it once */
  readonly idempotent: boolean
  /** the other fields of the request's body; absent where there are none */
  readonly payload?: Schema.Schema<Payload, object>
  /** the body of a reply whose errcode is 0 */
  readonly success: Schema.Schema<Success, unknown>
  /**
   * A fast way to decode replies that are exactly as documented. It returns what `success` decodes them to, and `undefined` for every other
   * reply, which `success` then decodes or refuses.
   */
  readonly fastDecode?: (body: unknown) => Success | undefined
  /** the classes of the errcodes that its documentation lists */
  readonly errors: ReadonlyArray<ErrcodeClass<Error>>
}

type Untyped = Omit<Operation<unknown, unknown, unknown>, "payload" | "success" | "fastDecode" | "errors">

type ErrorOf<Errors extends ReadonlyArray<ErrcodeClass<unknown>>> = ReturnType<Errors[number]["fromReply"]>

/**
 * Declares an operation. The classes in `errors` become part of its type.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = <
  Success,
  Body,
  Errors extends ReadonlyArray<ErrcodeClass<unknown>>,
  Payload = void,
  Fields extends object = {}
>(
  operation: Untyped & {
    readonly payload?: Schema.Schema<Payload, Fields>
    readonly success: Schema.Schema<Success, Body>
    readonly fastDecode?: (body: unknown) => Success | undefined
    readonly errors: Errors
  }
): Operation<Payload, Success, ErrorOf<Errors>> =>
  // a Schema is invariant in what it encodes to, although an operation only needs to know that it is an object
  operation as unknown as Operation<Payload, Success, ErrorOf<Errors>>

const decoder =
  <Success>({ fastDecode, success }: Pick<Operation<never, Success, never>, "fastDecode" | "success">) =>
  (body: unknown): Either.Either<Success, string> => {
    const fast = fastDecode?.(body)
    return fast === undefined ? decodeReply(success, body) : Either.right(fast)
  }

/**
 * Performs an operation over the `Transport` that the program is given. An operation without a payload becomes an Effect, an operation with
 * one a function of its payload, which fails with `InvalidPayload` and sends nothing if the payload's Schema refuses it.
 *
 * Each call has a span that is named after the operation. Where tracing is off (`Layer.setTracerEnabled(false)`) there is no span,
 * and it costs nothing.
 *
 * @since 0.1.0
 * @category constructors
 */
export function call<Success, Error>(
  operation: Operation<void, Success, Error>
): Effect.Effect<Success, Error | CommonError, Transport>
export function call<Payload, Success, Error>(
  operation: Operation<Payload, Success, Error>
): (payload: Payload) => Effect.Effect<Success, Error | InvalidPayload | CommonError, Transport>
export function call<Payload, Success, Error>(operation: Operation<Payload, Success, Error>) {
  const { api, payload: schema } = operation
  const send = perform(operation, decoder(operation))
  if (schema === undefined) {
    return send({})
  }
  const encode = (payload: Payload) =>
    Effect.mapError(encodePayload(schema, payload), (issue) => new InvalidPayload({ api, issue }))
  return (payload: Payload) =>
    Effect.flatMap(
      Effect.suspend(() => encode(payload)),
      send
    )
}
