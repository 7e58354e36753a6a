/**
 * The union of all errors, in a module of its own: programs that do not decode errors do not bundle all classes.
 */
import * as Schema from "effect/Schema"
import * as application from "./application.js"
import { commonClasses } from "./common.js"
import { UnknownErrcode } from "./ErrcodeError.js"
import { isInstance } from "./failure.js"
import * as link from "./link.js"
import * as openpid from "./openpid.js"
import { InvalidPayload } from "./payload.js"
import * as plugin from "./plugin.js"
import { lazy } from "./schema.js"
import { WechatDecodeError, WechatTransportError } from "./transport.js"
import * as update from "./update.js"

/**
 * The errors with which every operation may fail, in addition to those that it declares.
 *
 * @since 0.1.0
 * @category models
 */
export type CommonError =
  | InstanceType<(typeof commonClasses)[number]>
  | UnknownErrcode
  | WechatTransportError
  | WechatDecodeError

type Class =
  | (typeof plugin)[keyof typeof plugin]
  | (typeof link)[keyof typeof link]
  | (typeof update)[keyof typeof update]
  | (typeof openpid)[keyof typeof openpid]
  | (typeof application)[keyof typeof application]
  | (typeof commonClasses)[number]
  | typeof UnknownErrcode
  | typeof InvalidPayload
  | typeof WechatTransportError
  | typeof WechatDecodeError

const classes = (): ReadonlyArray<Class> => [
  ...Object.values(plugin),
  ...Object.values(link),
  ...Object.values(update),
  ...Object.values(openpid),
  ...Object.values(application),
  ...commonClasses,
  UnknownErrcode,
  InvalidPayload,
  WechatTransportError,
  WechatDecodeError
]

/**
 * Any error of this library, as a type and as a Schema. Encoded, it is plain JSON, which can cross the boundary of a process or a function.
 *
 * @since 0.1.0
 * @category schemas
 * @example
 * ```ts
 * import { PluginManager, PluginManagerError } from "@effect-wechat/plugin-manager"
 * import { Effect, Schema } from "effect"
 *
 * // the result of a cloud function, sent to the mini program
 * const answer = PluginManager.getPluginList.pipe(
 *   Effect.catchAll((error) => Schema.encode(PluginManagerError.PluginManagerError)(error))
 * )
 * ```
 */
export const PluginManagerError: Schema.Schema<PluginManagerError, Class["Encoded"]> = lazy(() =>
  Schema.Union(...classes())
)

/**
 * @since 0.1.0
 * @category models
 */
export type PluginManagerError = InstanceType<Class>

/**
 * Whether a value is an error of this library.
 *
 * @since 0.1.0
 * @category guards
 */
export const isPluginManagerError = (u: unknown): u is PluginManagerError =>
  classes().some((Class) => isInstance(Class, u))
