/**
 * A mini program's application for a plugin, as the plugin's developer sees it.
 *
 * @since 0.1.0
 */
export * from "./operations/streamPluginApplications.js"
export * from "./records/PluginApplication.js"
