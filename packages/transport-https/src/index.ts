/**
 * @since 0.1.0
 */
export * as AccessToken from "./AccessToken.js"
export * as HttpsTransport from "./HttpsTransport.js"
export * as MiniPrograms from "./MiniPrograms.js"
export * as ThirdParty from "./ThirdParty.js"
