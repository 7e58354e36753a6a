/**
 * Where and how WeChat is called over HTTPS: the options that all layers of this package have.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"

/**
 * Where and how WeChat is called.
 *
 * @since 0.1.0
 * @category models
 */
export interface HttpsOptions {
  /**
   * `https://api.weixin.qq.com` by default. WeChat also answers at api2, sh.api, sz.api and hk.api of `.weixin.qq.com`, and the
   * emulator at its `url`. A path in it is put before WeChat's own.
   */
  readonly baseUrl?: string | URL | undefined
  /** the time for one call, including its credential and its repetition; 10 seconds by default */
  readonly timeout?: Duration.DurationInput | undefined
  /** the most bytes of a reply, counted while it is read; 8 MiB by default */
  readonly maxBodySize?: number | undefined
}
