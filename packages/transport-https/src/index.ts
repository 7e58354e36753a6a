/**
 * @since 0.1.0
 */
export * as AccessToken from "./AccessToken.js"
export * as HttpsTransport from "./HttpsTransport.js"
