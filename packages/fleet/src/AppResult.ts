/**
 * What a sweep found, or did, for one mini program.
 *
 * @since 0.1.0
 */
import type { Category } from "@effect-wechat/plugin-manager/PluginManagerError"
import type { PluginStatus } from "@effect-wechat/plugin-manager/PluginStatus"

/**
 * - `listed`: its plugins were listed
 * - `changed`: the change was made
 * - `unchanged`: it was so before, and nothing was done
 * - `wouldChange`: a dry run found that the change would be made
 * - `failed`: see `error`
 *
 * @since 0.1.0
 * @category models
 */
export type Outcome = "listed" | "changed" | "unchanged" | "wouldChange" | "failed"

/**
 * The error of a mini program, as it is kept: no secret is in it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Failure {
  /** the name of the error's class, such as `InvalidAppSecret` */
  readonly tag: string
  /** the kind of remedy that it asks for */
  readonly category: Category
  /** WeChat's number, where it sent one */
  readonly errcode?: number
  readonly message: string
}

/**
 * A plugin of a mini program, as the sweep found it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Listing {
  readonly pluginAppid: string
  readonly status: PluginStatus
  /** the plugin's name and avatar as they were listed last, by any mini program */
  readonly nickname: string
  readonly headimgurl: string
  readonly reason?: string
}

/**
 * @since 0.1.0
 * @category models
 */
export interface AppResult {
  readonly appId: string
  readonly outcome: Outcome
  /** in milliseconds since 1970 */
  readonly recordedAt: number
  /** present if the outcome is `failed` */
  readonly error?: Failure
  /** the plugins of the mini program, ordered by appid; empty unless the outcome is `listed` */
  readonly plugins: ReadonlyArray<Listing>
}
