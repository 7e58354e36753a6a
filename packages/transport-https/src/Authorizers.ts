/**
 * The mini programs that have authorized a third-party platform (第三方平台), as WeChat lists them.
 *
 * @since 0.1.0
 */
import type { CommonError } from "@effect-wechat/plugin-manager/PluginManagerError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"

/**
 * @since 0.1.0
 * @category models
 */
export interface Authorizer {
  readonly appId: string
  /** the newest `authorizer_refresh_token` */
  readonly refreshToken: Redacted.Redacted<string>
  /** in milliseconds since 1970 */
  readonly authorizedAt: number
}

/**
 * The layers of `ThirdPartyMiniPrograms` provide it.
 *
 * @since 0.1.0
 * @category tags
 */
export class Authorizers extends Context.Tag("@effect-wechat/transport-https/Authorizers")<
  Authorizers,
  Authorizers.Service
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace Authorizers {
  /**
   * @since 0.1.0
   * @category models
   */
  export interface Service {
    readonly all: Stream.Stream<Authorizer, CommonError>
  }
}

/**
 * All who have authorized the platform, official accounts (公众号) included: WeChat does not say which is which. A page of 500 is requested when
 * it is needed, and up to three times more if it fails with a retryable error.
 *
 * **Gotchas** The pages are numbered by WeChat. If a mini program leaves the platform while they are read, another one may be missed.
 *
 * @since 0.1.0
 * @category accessors
 * @see https://developers.weixin.qq.com/doc/oplatform/openApi/authorization-management/api_getauthorizerlist.html
 * @example
 * ```ts
 * import { Authorizers } from "@effect-wechat/transport-https"
 * import { Console, Stream } from "effect"
 *
 * const program = Stream.runForEach(Authorizers.all, ({ appId, authorizedAt }) =>
 *   Console.log(appId, new Date(authorizedAt))
 * )
 * ```
 */
// marked as pure, since a value at the top of a module stays in every bundle
export const all: Stream.Stream<Authorizer, CommonError, Authorizers> = /* @__PURE__ */ Stream.unwrap(
  /* @__PURE__ */ Effect.map(Authorizers, ({ all }) => all)
)
