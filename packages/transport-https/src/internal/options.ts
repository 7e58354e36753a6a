import type * as Duration from "effect/Duration"

/** @internal the defaults of `Options` */
export const defaults = {
  baseUrl: "https://api.weixin.qq.com",
  timeout: "10 seconds",
  maxBodySize: 8 * 1024 * 1024
} as const

/**
 * Where and how WeChat is called.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * `https://api.weixin.qq.com` by default; WeChat also answers at api2, sh.api, sz.api and hk.api of `.weixin.qq.com`,
   * and the emulator at its `url`. A path in it comes before WeChat's own.
   */
  readonly baseUrl?: URL | undefined
  /** for a call in all, its credential and its repetition included; 10 seconds by default */
  readonly timeout?: Duration.DurationInput | undefined
  /** bytes of a reply, counted while it is read; 8 MiB by default */
  readonly maxBodySize?: number | undefined
}
