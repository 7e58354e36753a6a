/**
 * How wx-server-sdk is loaded, initialised and called.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import type * as Redacted from "effect/Redacted"

/**
 * What this transport needs of wx-server-sdk, any version from 0.4.3: `import cloud from "wx-server-sdk"` or
 * `require("wx-server-sdk")`.
 *
 * @since 0.1.0
 * @category models
 */
export interface WxServerSdk {
  readonly openapi: object
  readonly init?: (config: never) => unknown
  /** in 1.8 and later, but not in its types */
  readonly createNewInstance?: (config: never) => WxServerSdk
}

/** the SDK refuses one of the two without the other */
interface Keys {
  readonly secretId: string
  readonly secretKey: Redacted.Redacted<string>
  /** of temporary keys */
  readonly sessionToken?: Redacted.Redacted<string> | undefined
}

/** the SDK reads TENCENTCLOUD_SECRETID, _SECRETKEY and _SESSIONTOKEN at each call */
interface NoKeys {
  readonly secretId?: undefined
  readonly secretKey?: undefined
  readonly sessionToken?: undefined
}

interface InitOptions {
  /** the cloud environment's id, or `cloud.DYNAMIC_CURRENT_ENV` */
  readonly env?: string | symbol | undefined
  /** how long the SDK waits on a silent socket; `timeout` of the transport by default */
  readonly timeout?: Duration.DurationInput | undefined
  /** another gateway, such as the emulator's */
  readonly serviceUrl?: string | undefined
}

/**
 * The options of the SDK's `init`, with secrets as `Redacted`. Without keys the SDK reads them from the environment at each call, which is
 * where a cloud function has them.
 *
 * @since 0.1.0
 * @category models
 */
export type Init = InitOptions & (Keys | NoKeys)

/**
 * How WeChat is called.
 *
 * @since 0.1.0
 * @category models
 */
export interface CloudOptions {
  /**
   * wx-server-sdk, or a function that loads it: `() => require("wx-server-sdk")`, `() => import("wx-server-sdk")`. The function is called once,
   * by the first call, which saves a cold start some 200 ms.
   */
  readonly cloud: WxServerSdk | (() => WxServerSdk | PromiseLike<WxServerSdk | { readonly default: WxServerSdk }>)
  /**
   * The layer makes its own instance of the SDK with these options (`createNewInstance`; `init` of the SDK itself in versions without it).
   * Without them, call `cloud.init` yourself.
   */
  readonly init?: Init | undefined
  /**
   * `"preset"`: the keys were given to your own `cloud.init`, where this library cannot see them, so it does not look for any.
   *
   * **Gotchas** If there are none after all, wx-server-sdk 4.0.2 ends the process with an unhandled rejection.
   */
  readonly credentials?: "preset" | undefined
  /**
   * Environment sharing: the mini program to act for (`cloud.openapi({ appid })`).
   *
   * **Gotchas** wx-server-sdk 1.8.3 and 2.0.4 accept it and do not send it, so they act for the function's own mini program. 2.6.3 and later send
   * it.
   */
  readonly appid?: string | undefined
  /**
   * The time for one call, once the SDK is loaded; 2.5 seconds by default, below the 3 seconds that a cloud function has by default.
   *
   * **Gotchas** The SDK cannot be stopped: after the deadline its request goes on and may still be carried out.
   */
  readonly timeout?: Duration.DurationInput | undefined
}
