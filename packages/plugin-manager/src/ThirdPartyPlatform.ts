/**
 * Proof that calls are made by a third-party platform (第三方平台) for a mini program that authorized it. `updatePlugin` requires it:
 * WeChat accepts that call only with an authorizer_access_token, and has no cloud call for it.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"

/**
 * Stands for calls that carry an authorizer_access_token. `ThirdPartyMiniPrograms` and `AccessToken.layerAuthorizer` of
 * `@effect-wechat/transport-https` provide it. No cloud transport does, so `updatePlugin` does not compile over one.
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
   * It has no members: its presence is the proof.
   *
   * @since 0.1.0
   * @category models
   */
  export interface Service {}
}
