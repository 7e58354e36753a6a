/**
 * The right of a third-party platform (第三方平台) to act for a mini program that authorized it. `updatePlugin` requires it:
 * WeChat takes that call with an authorizer_access_token alone, and has no cloud call of it.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"

/**
 * Stands for calls that carry an authorizer_access_token. `AccessToken.layerAuthorizer` of `@effect-wechat/transport-https`
 * provides it; over a cloud call nothing does, so that `updatePlugin` does not compile there.
 *
 * @since 0.1.0
 * @category tags
 */
export class ThirdPartyPlatform extends Context.Tag("@effect-wechat/plugin-manager/ThirdPartyPlatform")<
  ThirdPartyPlatform,
  ThirdPartyPlatform.Service
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace ThirdPartyPlatform {
  /**
   * It has nothing to ask for: that it is there is all it says.
   *
   * @since 0.1.0
   * @category models
   */
  export interface Service {}
}
