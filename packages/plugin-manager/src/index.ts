/**
 * @since 0.1.0
 */
export * as InvalidOptions from "./InvalidOptions.js"
export * as Operation from "./Operation.js"
export * as Plugin from "./Plugin.js"
export * as PluginApplication from "./PluginApplication.js"
export * as PluginAuth from "./PluginAuth.js"
export * as PluginManager from "./PluginManager.js"
export * as PluginManagerError from "./PluginManagerError.js"
export * as PluginOperations from "./PluginOperations.js"
export * as PluginStatus from "./PluginStatus.js"
export * as ThirdPartyPlatform from "./ThirdPartyPlatform.js"
export * as Transport from "./Transport.js"
