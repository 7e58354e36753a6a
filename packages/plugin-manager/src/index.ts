/**
 * @since 0.1.0
 */
export * as Deadline from "./Deadline.js"
export * as Operation from "./Operation.js"
export * as Plugin from "./Plugin.js"
export * as PluginApplication from "./PluginApplication.js"
export * as PluginApplications from "./PluginApplications.js"
export * as PluginManager from "./PluginManager.js"
export * as PluginManagerError from "./PluginManagerError.js"
export * as PluginStatus from "./PluginStatus.js"
export * as Redaction from "./Redaction.js"
export * as ThirdPartyPlatform from "./ThirdPartyPlatform.js"
export * as Transport from "./Transport.js"
