import * as Effect from "effect/Effect"
import type * as Either from "effect/Either"
import * as FiberRef from "effect/FiberRef"
import type { ErrcodeClass } from "../errors/ErrcodeError.js"
import { fromErrcode } from "../errors/fromErrcode.js"
import { WechatDecodeError, WechatTransportError } from "../errors/transport.js"
import type { CommonError } from "../errors/union.js"
import { type Call, type Reply, Transport } from "../Transport.js"

type ErrorOf<Errors extends ReadonlyArray<ErrcodeClass<unknown>>> = ReturnType<Errors[number]["fromReply"]>

/** What performing an operation needs to know, besides how a reply is decoded. */
export interface Performed<Errors extends ReadonlyArray<ErrcodeClass<unknown>>> {
  readonly api: string
  readonly path: Call["path"]
  readonly action?: string | ReadonlyArray<string>
  readonly idempotent: boolean
  readonly errors: Errors
}

/** Performs an operation over the `Transport`. `decode` reads the body of a reply whose errcode is 0, or says what is wrong with it. */
export const perform = <Success, Errors extends ReadonlyArray<ErrcodeClass<unknown>>>(
  { action, api, errors, idempotent, path }: Performed<Errors>,
  decode: (body: unknown) => Either.Either<Success, string>
) => {
  const named = typeof action === "string" ? { action } : {}
  type Error = ErrorOf<Errors>
  const errorOf = fromErrcode({ api, idempotent }, errors as ReadonlyArray<ErrcodeClass<Error>>)

  const read = (reply: Reply): Effect.Effect<Success, Error | CommonError> =>
    reply.errcode === 0
      ? Effect.mapError(decode(reply.body), (issue) => new WechatDecodeError({ api, issue }))
      : Effect.fail(errorOf(reply))

  /** A call that may have been carried out must not be repeated, unless the operation is idempotent. */
  const notRetryable = ({ api, description, reason }: WechatTransportError) =>
    new WechatTransportError({ api, reason, description, isRetryable: false })

  return (fields: object): Effect.Effect<Success, Error | CommonError, Transport> => {
    const call: Call = { api, path, body: { ...named, ...fields } }
    return Effect.flatMap(Transport, (transport) => {
      const reply = idempotent ? transport.call(call) : Effect.mapError(transport.call(call), notRetryable)
      return Effect.withFiberRuntime((fiber) =>
        fiber.getFiberRef(FiberRef.currentTracerEnabled)
          ? Effect.tap(reply, ({ errcode }) => Effect.annotateCurrentSpan("wechat.errcode", errcode)).pipe(
              Effect.flatMap(read),
              Effect.withSpan(api, {
                kind: "client",
                attributes: transport.attributes?.(call) ?? {},
                // the stack trace would point into this library
                captureStackTrace: false
              })
            )
          : Effect.flatMap(reply, read)
      )
    })
  }
}
