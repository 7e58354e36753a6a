import type * as Duration from "effect/Duration"
import type * as Redacted from "effect/Redacted"

/** @internal the defaults of `Options` */
export const defaults = { timeout: "2.5 seconds" } as const

/**
 * What this transport needs of wx-server-sdk, any version from 0.4.3: `import cloud from "wx-server-sdk"` and
 * `require("wx-server-sdk")` fit.
 *
 * @since 0.1.0
 * @category models
 */
export interface WxServerSdk {
  readonly openapi: object
  readonly init?: (config: never) => unknown
  /** 1.8 and later, in no version's types */
  readonly createNewInstance?: (config: never) => WxServerSdk
}

/** Keys come as a pair: the SDK refuses one without the other */
interface Keys {
  readonly secretId: string
  readonly secretKey: Redacted.Redacted<string>
  /** goes with temporary keys */
  readonly sessionToken?: Redacted.Redacted<string> | undefined
}

/** The SDK then reads TENCENTCLOUD_SECRETID, _SECRETKEY and _SESSIONTOKEN at each call */
interface NoKeys {
  readonly secretId?: undefined
  readonly secretKey?: undefined
  readonly sessionToken?: undefined
}

/** What there is besides keys. */
interface InitOptions {
  /** the cloud environment's id, or `cloud.DYNAMIC_CURRENT_ENV` */
  readonly env?: string | symbol | undefined
  /** how long the SDK waits on a silent socket; the transport's own `timeout` by default */
  readonly timeout?: Duration.DurationInput | undefined
  /** another gateway, such as the emulator's */
  readonly serviceUrl?: string | undefined
}

/**
 * What the SDK's `init` takes, with its secrets as `Redacted`. Without keys the SDK reads them from the environment at each
 * call, which is where a cloud function has them.
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
export interface Options {
  /**
   * wx-server-sdk, or a function that loads it: `() => require("wx-server-sdk")`, `() => import("wx-server-sdk")`. The
   * function is run by the first call, once; loading takes some 200 ms that a cold start then does without.
   */
  readonly cloud: WxServerSdk | (() => WxServerSdk | PromiseLike<WxServerSdk | { readonly default: WxServerSdk }>)
  /**
   * With it the layer makes an instance of the SDK for itself (`createNewInstance`; `init` of the SDK itself where a version
   * lacks that). Without it, call `cloud.init` yourself.
   */
  readonly init?: Init | undefined
  /**
   * `"preset"`: the keys were given to your own `cloud.init`, where they cannot be seen, so none are looked for.
   *
   * **Gotchas** If there are none after all, wx-server-sdk 4.0.2 ends the process by an unhandled rejection.
   */
  readonly credentials?: "preset" | undefined
  /**
   * Environment sharing: the mini program to act for (`cloud.openapi({ appid })`).
   *
   * **Gotchas** wx-server-sdk 1.8.3 and 2.0.4 accept it and do not send it, so that they act for the function's own mini
   * program; 2.6.3 and later send it.
   */
  readonly appid?: string | undefined
  /**
   * For a call in all, loading included; 2.5 seconds by default, below the 3 seconds that a cloud function has by default.
   *
   * **Gotchas** The SDK cannot be told to stop: after the deadline its request goes on and may still be carried out.
   */
  readonly timeout?: Duration.DurationInput | undefined
}
