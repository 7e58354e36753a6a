/**
 * All that errors have to do with Schema, in one place. Only `PluginManagerError` loads it, so that a program that does not encode or decode
 * errors need not load Schema; and each Schema is made when it is first used.
 */
import * as Schema from "effect/Schema"
import { madeWithDefault } from "../internal/fields.js"
import { PluginStatus } from "../records/PluginStatus.js"
import { endpoints, type Field, lend, type Parts, provide, reasons, type SchemaClass } from "./failure.js"

/**
 * Who replied: the API that was called (`api`), the API that hands out its token (`credential`, such as `/cgi-bin/stable_token`), or
 * the CloudBase gateway before WeChat (`gateway`, cloud calls only).
 *
 * @since 0.1.0
 * @category models
 */
export const Endpoint = Schema.Literal(...endpoints)

/**
 * @since 0.1.0
 * @category models
 */
export type Endpoint = typeof Endpoint.Type

/**
 * Why there is no reply from WeChat.
 *
 * - `connection`: the connection was refused, reset or closed, or the host was not found
 * - `timeout`: the transport's deadline passed
 * - `status`: an HTTP status other than 2xx without WeChat's JSON in the body
 * - `body`: a body that is empty or is not JSON, such as a gateway's HTML page
 * - `size`: more bytes than the transport's limit
 * - `redirect`: a redirect; it is not followed, since it would carry the credential elsewhere
 * - `signature`: a reply that is not signed and encrypted as API security (API 安全) requires
 * - `credential`: there is no credential to call with, or it cannot be read
 *
 * @since 0.1.0
 * @category models
 */
export const TransportReason = Schema.Literal(...reasons)

/**
 * @since 0.1.0
 * @category models
 */
export type TransportReason = typeof TransportReason.Type

const schemaOf = ({ kind, values = [] }: Field<unknown>): Schema.Struct.Fields[string] => {
  switch (kind) {
    case "text":
      return Schema.String
    case "optionalText":
      return Schema.optionalWith(Schema.String, { exact: true })
    case "flag":
      return Schema.Boolean
    case "alwaysFalse":
      return madeWithDefault(Schema.Literal(false), () => false as const)
    case "integer":
      return Schema.Int
    case "status":
      return Schema.typeSchema(PluginStatus)
    case "oneOf":
      return Schema.Literal(...values)
  }
}

const made = new WeakMap<Parts, SchemaClass>()

/** The class that Effect makes of the same fields. Our class takes its Schema from it. */
const schemaClass = (parts: Parts): SchemaClass => {
  const before = made.get(parts)
  if (before !== undefined) {
    return before
  }
  const fields = Object.fromEntries(Object.entries(parts.fields).map(([key, field]) => [key, schemaOf(field)]))
  const Class = Schema.TaggedError<object>(parts.identifier)(parts.tag, fields) as unknown as SchemaClass
  made.set(parts, Class)
  return Class
}

/** Makes all classes of errors Schemas of themselves. */
export const provideSchemas = (): void => provide(schemaClass)

/** The same Schema, made when it is first used. */
export const lazy = <A, I>(make: () => Schema.Schema<A, I>): Schema.Schema<A, I> => {
  let schema: Schema.Schema<A, I> | undefined
  const target = {}
  lend(target, () => (schema ??= make()))
  return target as Schema.Schema<A, I>
}
