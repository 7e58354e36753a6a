/**
 * Everything that an operation may fail with: a class for each errcode, two for replies that did not come or cannot be read, one for
 * payloads that are not sent, and those of `awaitApproval`.
 *
 * Every error of an errcode has these fields, and a `message` made of them:
 *
 * - `_tag`: the name of its class, for `Effect.catchTag`
 * - `errcode`: WeChat's number, one of those that its class names
 * - `errmsg`: WeChat's text, unchanged
 * - `requestId`: the id that WeChat's support asks for, if WeChat sent one
 * - `api`: WeChat's name of the operation
 * - `endpoint`: who replied: the API itself (`api`), the API that hands out tokens (`credential`), or the gateway (`gateway`)
 * - `isRetryable`: whether the same call may soon succeed and can be repeated without harm
 * - `category`: the kind of remedy, one of seven
 * - `hint`: what to do, in Chinese (`zh`) and in English (`en`)
 *
 * Its class has `codes`, `category`, `isTransient` and `hint` as statics.
 *
 * @since 0.1.0
 */
import { provideSchemas } from "./errors/schema.js"

export * from "./errors/application.js"
export { type Category, type ErrorClass, type Hint } from "./errors/define.js"
export * from "./errors/cloud.js"
export * from "./errors/ErrcodeError.js"
export * from "./errors/general.js"
export * from "./errors/isRetryable.js"
export * from "./errors/link.js"
export * from "./errors/openpid.js"
export * from "./errors/payload.js"
export * from "./errors/plugin.js"
export { Endpoint, TransportReason } from "./errors/schema.js"
export * from "./errors/transport.js"
export * from "./errors/union.js"
export * from "./errors/update.js"

// whoever can name a class imports this module, so every class that is used as a Schema is one
provideSchemas()
