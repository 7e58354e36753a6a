/**
 * @since 0.1.0
 */
export * as AccessToken from "./AccessToken.js"
export * as Authorizers from "./Authorizers.js"
export * as Credential from "./Credential.js"
export * as HttpsOptions from "./HttpsOptions.js"
export * as HttpsTransport from "./HttpsTransport.js"
export * as MiniPrograms from "./MiniPrograms.js"
export * as ThirdPartyMiniPrograms from "./ThirdPartyMiniPrograms.js"
